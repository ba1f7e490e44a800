#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const KubernetesObject& object, Judge& judge) {
  for (const auto& address : object.external_ips) {
    judge.found(object, address.origin, join({"takes the traffic of every pod and node to ", quoted(address.value)}));
  }
}

}  // namespace

extern constinit const Rule service_external_ips{
    .info = checked({
        .id = "service-external-ips",
        .title = "a service claims addresses",
        .severity = Severity::high,
        .practice = Practice::network_segmentation,
        .surfaces = "K",
        .aliases = "KSV-0108 gatekeeper:K8sExternalIPs",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove externalIPs and use a load balancer or an Ingress",
        .why = "externalIPs make every node answer for an address that nobody checks: a service may "
               "claim that of a mail server or of the API of a cloud and read what is sent there "
               "(CVE-2020-8554).",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Service\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  externalIPs:\n"
                "    - 203.0.113.7\n"
                "  ports:\n"
                "    - port: 80\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: Service\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  ports:\n"
                 "    - port: 80\n"},
        .references = "https://kubernetes.io/docs/concepts/services-networking/service/#external-ips",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
