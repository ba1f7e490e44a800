#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const KubernetesObject& object, Judge& judge) {
  if (object.kind != "HorizontalPodAutoscaler") return;
  const auto* least = object.scalar("spec.minReplicas");
  if (least == nullptr) {
    judge.found(object, object.name_origin, "does not set minReplicas: one");
  } else if (least->known && (least->value.value == "0" || least->value.value == "1" || least->value.value == "2")) {
    Finding& finding = judge.found(object, least->origin, join({"may go down to ", least->value.value}));
    if (least->value.value == "2") only_aliases(finding, {"kube-linter:hpa-minimum-three-replicas"});
  }
}

}  // namespace

extern constinit const Rule autoscaler_minimum{
    .info = checked({
        .id = "autoscaler-minimum",
        .title = "an autoscaler may go down to one pod",
        .severity = Severity::info,
        .practice = Practice::monitoring,
        .surfaces = "K",
        .aliases = "kube-linter:hpa-minimum-three-replicas kube-score:horizontalpodautoscaler-replicas "
                   "polaris:hpaMinAvailability",
        .grade = Grade::style,
        .fix = FixSafety::advice,
        .fix_summary = "set minReplicas: 3",
        .why = "The autoscaler undoes the number of replicas in the Deployment: in a quiet hour one "
               "pod is left, and its restart is an outage.",
        .bad = {Surface::kubernetes,
                "apiVersion: autoscaling/v2\n"
                "kind: HorizontalPodAutoscaler\n"
                "metadata:\n"
                "  name: h\n"
                "spec:\n"
                "  minReplicas: 1\n"
                "  maxReplicas: 10\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: autoscaling/v2\n"
                 "kind: HorizontalPodAutoscaler\n"
                 "metadata:\n"
                 "  name: h\n"
                 "spec:\n"
                 "  minReplicas: 3\n"
                 "  maxReplicas: 10\n"},
        .references = "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
