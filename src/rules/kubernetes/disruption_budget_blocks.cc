#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const KubernetesObject& object, Judge& judge) {
  if (object.kind != "PodDisruptionBudget") return;
  if (const auto* most = object.scalar("spec.maxUnavailable");
      most != nullptr && (most->value.value == "0" || most->value.value == "0%"))
    only_aliases(
        judge.found(object, most->origin, "allows no pod to be away"),
        {"gatekeeper:K8sPodDisruptionBudget", "kube-linter:pdb-max-unavailable", "polaris:pdbDisruptionsIsZero"});
  if (const auto* least = object.scalar("spec.minAvailable"); least != nullptr && least->value.value == "100%")
    only_aliases(
        judge.found(object, least->origin, "wants every pod at all times"),
        {"gatekeeper:K8sPodDisruptionBudget", "kube-linter:pdb-min-available", "polaris:pdbDisruptionsIsZero"});
}

}  // namespace

extern constinit const Rule disruption_budget_blocks{
    .info = checked({
        .id = "disruption-budget-blocks",
        .title = "a disruption budget never lets a node be drained",
        .severity = Severity::low,
        .practice = Practice::monitoring,
        .surfaces = "K",
        .aliases = "gatekeeper:K8sPodDisruptionBudget kube-linter:pdb-max-unavailable "
                   "kube-linter:pdb-min-available polaris:pdbDisruptionsIsZero",
        .grade = Grade::style,
        .fix = FixSafety::unsafe,
        .fix_summary = "allow one pod to be away",
        .why = "Nodes are drained to be patched. A budget that never allows an eviction stops that, "
               "until somebody forces it or nodes stay unpatched.",
        .bad = {Surface::kubernetes,
                "apiVersion: policy/v1\n"
                "kind: PodDisruptionBudget\n"
                "metadata:\n"
                "  name: b\n"
                "spec:\n"
                "  maxUnavailable: 0\n"
                "  selector:\n"
                "    matchLabels:\n"
                "      app: web\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: policy/v1\n"
                 "kind: PodDisruptionBudget\n"
                 "metadata:\n"
                 "  name: b\n"
                 "spec:\n"
                 "  maxUnavailable: 1\n"
                 "  selector:\n"
                 "    matchLabels:\n"
                 "      app: web\n"},
        .references = "https://kubernetes.io/docs/concepts/workloads/pods/disruptions/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
