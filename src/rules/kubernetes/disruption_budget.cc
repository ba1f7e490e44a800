#include <algorithm>
#include <vector>

#include "rules/kit/judge.h"
#include "rules/kubernetes/pod_index.h"

namespace oakum::rules {

namespace {

bool has_budget(const PodIndex::Pod& pod, const std::vector<const KubernetesObject*>& budgets, PodIndex& index) {
  return std::ranges::any_of(budgets, [&](const KubernetesObject* budget) {
    return index.selects(budget->selector, budget->name_space, pod);
  });
}

void check(const Subjects& subjects, Judge& judge) {
  PodIndex index(subjects);
  std::vector<const KubernetesObject*> budgets;
  for (const KubernetesObject& object : subjects.objects) {
    if (object.kind == "PodDisruptionBudget") budgets.push_back(&object);
  }
  for (const PodIndex::Pod& pod : index.pods()) {
    const bool is_deployment = pod.object->kind == "Deployment";
    if ((!is_deployment && pod.object->kind != "StatefulSet") || !pod.object->replicas.known() ||
        *pod.object->replicas < 2)
      continue;
    if (has_budget(pod, budgets, index)) continue;
    Finding& finding =
        judge.found(*pod.object, pod.object->name_origin, "no PodDisruptionBudget here covers its replicas");
    only_aliases(finding, {"polaris:missingPodDisruptionBudget",
                           is_deployment ? "kube-score:deployment-has-poddisruptionbudget"
                                         : "kube-score:statefulset-has-poddisruptionbudget"});
  }
}

}  // namespace

extern constinit const Rule disruption_budget{
    .info = checked({
        .id = "disruption-budget",
        .title = "no disruption budget covers the pods",
        .severity = Severity::info,
        .practice = Practice::monitoring,
        .surfaces = "K",
        .aliases = "kube-score:deployment-has-poddisruptionbudget "
                   "kube-score:statefulset-has-poddisruptionbudget polaris:missingPodDisruptionBudget",
        .grade = Grade::style,
        .fix = FixSafety::advice,
        .fix_summary = "add a PodDisruptionBudget with maxUnavailable: 1",
        .why = "Draining a node evicts its pods. Without a budget all replicas may go at once, though "
               "they were made many so that one is always there.",
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
                 "      containers:\n"
                 "        - name: app\n"
                 "          image: nginx:1.27\n"
                 "---\n"
                 "apiVersion: policy/v1\n"
                 "kind: PodDisruptionBudget\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  maxUnavailable: 1\n"
                 "  selector:\n"
                 "    matchLabels:\n"
                 "      app: web\n"},
        .references = "https://kubernetes.io/docs/concepts/workloads/pods/disruptions/",
    }),
    .checks = {.subjects = check},
};

}  // namespace oakum::rules
