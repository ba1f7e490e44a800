#include <string>
#include <string_view>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

constexpr std::string_view kPrefix = "nginx.ingress.kubernetes.io/";

void check(const KubernetesObject& object, Judge& judge) {
  if (object.kind != "Ingress") return;
  for (const auto& annotation : object.annotations) {
    const std::string_view key = annotation.value.key;
    if (!key.starts_with(kPrefix) || !key.ends_with("-snippet")) continue;
    Finding& finding = judge.found(object, annotation.origin,
                                   join({quoted(key.substr(kPrefix.size())), " puts its text into nginx.conf"}));
    only_aliases(finding, {"C-0059", "CKV_K8S_153"});
    if (annotation.value.value.find("alias") != std::string::npos) add_alias(finding, "CKV_K8S_154");
    if (annotation.value.value.find("lua_") != std::string::npos ||
        annotation.value.value.find("_by_lua") != std::string::npos)
      add_alias(finding, "CKV_K8S_152");
  }
}

}  // namespace

extern constinit const Rule ingress_snippet{
    .info = checked({
        .id = "ingress-snippet",
        .title = "an Ingress writes into the proxy's configuration",
        .severity = Severity::high,
        .practice = Practice::network_segmentation,
        .surfaces = "K",
        .aliases = "C-0059 CKV_K8S_152 CKV_K8S_153 CKV_K8S_154",
        .fix = FixSafety::unsafe,
        .fix_summary = "use the annotation that does the one thing that is needed",
        .why = "The nginx controller copies snippet annotations into its configuration, so that "
               "whoever may write an Ingress runs Lua in the controller and reads its service account "
               "token, which sees the secrets of the whole cluster (CVE-2021-25742).",
        .bad = {Surface::kubernetes,
                "apiVersion: networking.k8s.io/v1\n"
                "kind: Ingress\n"
                "metadata:\n"
                "  name: web\n"
                "  annotations:\n"
                "    nginx.ingress.kubernetes.io/server-snippet: |\n"
                "      location /x { alias /etc/; }\n"
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
        .good = {Surface::kubernetes,
                 "apiVersion: networking.k8s.io/v1\n"
                 "kind: Ingress\n"
                 "metadata:\n"
                 "  name: web\n"
                 "  annotations:\n"
                 "    nginx.ingress.kubernetes.io/proxy-body-size: 8m\n"
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
        .references = "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
