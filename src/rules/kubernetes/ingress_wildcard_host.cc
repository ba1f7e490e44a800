#include <string>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const KubernetesObject& object, Judge& judge) {
  for (const auto& host : object.ingress_hosts) {
    if (host.value.find('*') == std::string::npos && !host.value.empty()) continue;
    judge.found(object, host.origin, join({"answers for ", host.value.empty() ? "every host" : quoted(host.value)}));
  }
}

}  // namespace

extern constinit const Rule ingress_wildcard_host{
    .info = checked({
        .id = "ingress-wildcard-host",
        .title = "an Ingress answers for any host",
        .severity = Severity::low,
        .practice = Practice::network_segmentation,
        .surfaces = "K",
        .aliases = "gatekeeper:K8sBlockWildcardIngress",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "name the host",
        .why = "A host with a star takes the requests for every name below it that nobody else "
               "claims: the session cookies of the neighbours come with them.",
        .bad = {Surface::kubernetes,
                "apiVersion: networking.k8s.io/v1\n"
                "kind: Ingress\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  rules:\n"
                "    - host: \"*.example.com\"\n"
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
        .references = "https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
