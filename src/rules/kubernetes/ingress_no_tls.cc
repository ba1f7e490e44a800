#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

void check(const KubernetesObject& object, Judge& judge) {
  const bool is_ingress = is_kind(object, "networking.k8s.io", "Ingress") || is_kind(object, "extensions", "Ingress");
  if (is_ingress && !object.ingress_tls)
    judge.found(object, object.name_origin, "has no tls: what is sent can be read and changed on the way");
}

}  // namespace

extern constinit const Rule ingress_no_tls{
    .info = checked({
        .id = "ingress-no-tls",
        .title = "an Ingress serves without TLS",
        .severity = Severity::medium,
        .practice = Practice::endpoint,
        .surfaces = "K",
        .aliases = "gatekeeper:K8sHttpsOnly polaris:tlsSettingsMissing",
        .fix = FixSafety::advice,
        .fix_summary = "add tls with a certificate for its hosts",
        .why = "Without tls the Ingress answers in plain HTTP: passwords and cookies pass every "
               "network on the way in the clear.",
        .bad = {Surface::kubernetes,
                "apiVersion: networking.k8s.io/v1\n"
                "kind: Ingress\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  rules:\n"
                "    - host: shop.example.com\n"
                "      http:\n"
                "        paths:\n"
                "          - path: /\n"
                "            pathType: Prefix\n"
                "            backend:\n"
                "              service:\n"
                "                name: web\n"
                "                port:\n"
                "                  number: 80\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: networking.k8s.io/v1\n"
                 "kind: Ingress\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  rules:\n"
                 "    - host: shop.example.com\n"
                 "      http:\n"
                 "        paths:\n"
                 "          - path: /\n"
                 "            pathType: Prefix\n"
                 "            backend:\n"
                 "              service:\n"
                 "                name: web\n"
                 "                port:\n"
                 "                  number: 80\n"
                 "  tls:\n"
                 "    - hosts: [shop.example.com]\n"
                 "      secretName: shop-tls\n"},
        .references = "https://kubernetes.io/docs/concepts/services-networking/ingress/#tls",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
