#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const KubernetesObject& object, Judge& judge) {
  if (object.workloads.empty() || (object.kind != "Deployment" && object.kind != "DaemonSet")) return;
  const auto* strategy = object.scalar(object.kind == "Deployment" ? "spec.strategy.type" : "spec.updateStrategy.type");
  if (strategy == nullptr || strategy->value.value == "RollingUpdate") return;
  judge.found(object, strategy->origin, join({"is updated by ", quoted(strategy->value.value)}));
}

}  // namespace

extern constinit const Rule rolling_update{
    .info = checked({
        .id = "rolling-update",
        .title = "an update takes everything down first",
        .severity = Severity::info,
        .practice = Practice::monitoring,
        .surfaces = "K",
        .aliases = "kube-linter:no-rolling-update-strategy",
        .grade = Grade::style,
        .fix = FixSafety::advice,
        .fix_summary = "use RollingUpdate where two versions may run side by side",
        .why = "Recreate stops every old pod before a new one starts, OnDelete waits until somebody "
               "deletes them: an update for a vulnerability is then put off, or is an outage.",
        .bad = {Surface::kubernetes,
                "apiVersion: apps/v1\n"
                "kind: Deployment\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  strategy:\n"
                "    type: Recreate\n"
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
                 "  strategy:\n"
                 "    type: RollingUpdate\n"
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
        .references = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
