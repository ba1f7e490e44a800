#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

void check(const KubernetesObject& object, Judge& judge) {
  if (object.workloads.empty() || object.selector.empty() || object.selector.matches(object.pod_labels)) return;
  Finding& finding =
      judge.found(object, place_of(object, "spec.selector"), "the selector does not match the labels of the template");
  if (object.kind == "Deployment") {
    only_aliases(finding, {"kube-linter:mismatching-selector",
                           "kube-score:deployment-pod-selector-labels-match-template-metadata-labels"});
  } else if (object.kind == "StatefulSet") {
    only_aliases(finding, {"kube-linter:mismatching-selector",
                           "kube-score:statefulset-pod-selector-labels-match-template-metadata-labels"});
  } else {
    only_aliases(finding, {"kube-linter:mismatching-selector"});
  }
}

}  // namespace

extern constinit const Rule mismatching_selector{
    .info = checked({
        .id = "mismatching-selector",
        .title = "the selector does not take the pods of its own template",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "K",
        .aliases = "kube-linter:mismatching-selector "
                   "kube-score:deployment-pod-selector-labels-match-template-metadata-labels "
                   "kube-score:statefulset-pod-selector-labels-match-template-metadata-labels",
        .fix = FixSafety::advice,
        .fix_summary = "make the labels and the selector agree",
        .why = "The API server refuses such an object. Selectors and labels that are edited apart are "
               "also how a service ends up sending traffic to nobody.",
        .bad = {Surface::kubernetes,
                "apiVersion: apps/v1\n"
                "kind: Deployment\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  selector:\n"
                "    matchLabels:\n"
                "      app: shop\n"
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
        .references = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
