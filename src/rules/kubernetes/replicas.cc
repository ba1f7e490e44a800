#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

void check(const KubernetesObject& object, Judge& judge) {
  if (object.kind != "Deployment" || object.workloads.empty()) return;
  if (!object.replicas && is_fragment(object, judge.subjects())) return;
  if (object.replicas && (!object.replicas.known() || *object.replicas >= 3 || *object.replicas == 0)) return;
  Finding& finding =
      judge.found(object, object.replicas ? object.replicas.origin() : object.name_origin,
                  object.replicas ? "runs fewer than three replicas" : "does not say how many replicas run: one");
  if (object.replicas && *object.replicas == 2) only_aliases(finding, {"kube-linter:minimum-three-replicas"});
}

}  // namespace

extern constinit const Rule replicas{
    .info = checked({
        .id = "replicas",
        .title = "one pod is all there is",
        .severity = Severity::info,
        .practice = Practice::monitoring,
        .surfaces = "K",
        .aliases =
            "kube-linter:minimum-three-replicas kube-score:deployment-replicas polaris:deploymentMissingReplicas",
        .grade = Grade::style,
        .fix = FixSafety::advice,
        .fix_summary = "run three replicas, or let an autoscaler decide",
        .why = "With one replica every restart of the pod or its node is an outage; with three one "
               "can be replaced while another is lost.",
        .bad = {Surface::kubernetes,
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
                 "          image: nginx:1.27\n"},
        .references = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
