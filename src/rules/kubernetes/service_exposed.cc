#include <algorithm>
#include <string>

#include "base/text.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// What clouds read: aws-load-balancer-internal: "true", load-balancer-type: Internal, aws-load-balancer-scheme:
// internal.
bool is_internal(const KubernetesObject& service) {
  return std::ranges::any_of(service.annotations, [](const Stated<KeyValue>& annotation) {
    const KeyValue& item = annotation.value;
    const bool named = item.key.find("internal") != std::string::npos && item.value != "false";
    return annotation.known && (named || equals_ignoring_case(item.value, "internal"));
  });
}

void check(const KubernetesObject& object, Judge& judge) {
  if (object.service_type.is("NodePort")) {
    Finding& finding = judge.found(object, object.service_type.origin(), "is open on a port of every node");
    only_aliases(finding,
                 {"C-0021", "gatekeeper:K8sBlockNodePort", "kube-linter:exposed-services", "kube-score:service-type"});
  } else if (object.service_type.is("LoadBalancer") && !is_internal(object)) {
    Finding& finding = judge.found(object, object.service_type.origin(),
                                   "has a load balancer of its own: it is open to where that is");
    only_aliases(finding, {"C-0021", "gatekeeper:K8sBlockLoadBalancer", "kube-linter:exposed-services"});
  }
}

}  // namespace

extern constinit const Rule service_exposed{
    .info = checked({
        .id = "service-exposed",
        .title = "a service is open outside the cluster",
        .severity = Severity::low,
        .practice = Practice::network_segmentation,
        .surfaces = "K",
        .aliases = "C-0021 gatekeeper:K8sBlockLoadBalancer gatekeeper:K8sBlockNodePort "
                   "kube-linter:exposed-services kube-score:service-type",
        .grade = Grade::strict,
        .fix = FixSafety::unsafe,
        .fix_summary = "use ClusterIP behind an Ingress or Gateway",
        .why = "A NodePort is open on every address of every node, and on clouds a LoadBalancer is "
               "public unless an annotation says otherwise. Behind an Ingress or Gateway there is one "
               "place for TLS, limits and logs.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Service\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  type: NodePort\n"
                "  ports:\n"
                "    - port: 80\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: Service\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  type: ClusterIP\n"
                 "  ports:\n"
                 "    - port: 80\n"},
        .references =
            "https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
