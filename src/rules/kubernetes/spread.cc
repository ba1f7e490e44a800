#include <string_view>

#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

bool says(const KubernetesObject& object, std::string_view what) {
  return first_below(object, join({"spec.template.spec.", what})) != nullptr;
}

void check(const KubernetesObject& object, Judge& judge) {
  const bool is_deployment = object.kind == "Deployment";
  if ((!is_deployment && object.kind != "StatefulSet") || object.workloads.empty()) return;
  if (!object.replicas.known() || *object.replicas < 2) return;
  if (says(object, "affinity.podAntiAffinity") || says(object, "topologySpreadConstraints")) return;
  Finding& finding = judge.found(object, object.name_origin,
                                 "neither podAntiAffinity nor topologySpreadConstraints keep its replicas apart");
  only_aliases(finding, {"kube-linter:no-anti-affinity", "kube-score:pod-topology-spread-constraints",
                         "polaris:topologySpreadConstraint",
                         is_deployment ? "kube-score:deployment-has-host-podantiaffinity"
                                       : "kube-score:statefulset-has-host-podantiaffinity"});
}

}  // namespace

extern constinit const Rule spread{
    .info = checked({
        .id = "spread",
        .title = "all replicas may land on one node",
        .severity = Severity::info,
        .practice = Practice::monitoring,
        .surfaces = "K",
        .aliases = "kube-linter:no-anti-affinity kube-score:deployment-has-host-podantiaffinity "
                   "kube-score:pod-topology-spread-constraints kube-score:statefulset-has-host-podantiaffinity "
                   "polaris:topologySpreadConstraint",
        .grade = Grade::style,
        .fix = FixSafety::advice,
        .fix_summary = "add topologySpreadConstraints on kubernetes.io/hostname",
        .why = "Replicas are there so that the loss of a node is no outage. The scheduler may still "
               "put all of them on one.",
        .bad = {Surface::kubernetes,
                "apiVersion: apps/v1\n"
                "kind: Deployment\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  replicas: 3\n"
                "  selector:\n"
                "    matchLabels:\n"
                "      app: web\n"
                "  template:\n"
                "    metadata:\n"
                "      labels:\n"
                "        app: web\n"
                "    spec:\n"
                "      containers:\n"
                "        - name: app\n"
                "          image: nginx:1.27\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: apps/v1\n"
                 "kind: Deployment\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  replicas: 3\n"
                 "  selector:\n"
                 "    matchLabels:\n"
                 "      app: web\n"
                 "  template:\n"
                 "    metadata:\n"
                 "      labels:\n"
                 "        app: web\n"
                 "    spec:\n"
                 "      topologySpreadConstraints:\n"
                 "        - maxSkew: 1\n"
                 "          topologyKey: kubernetes.io/hostname\n"
                 "          whenUnsatisfiable: ScheduleAnyway\n"
                 "      containers:\n"
                 "        - name: app\n"
                 "          image: nginx:1.27\n"},
        .references = "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
