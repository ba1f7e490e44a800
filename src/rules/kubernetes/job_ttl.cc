#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

// The jobs of a CronJob are cleaned up by its history limits.
void check(const KubernetesObject& object, Judge& judge) {
  if (!is_kind(object, "batch", "Job") || object.scalar("spec.ttlSecondsAfterFinished") != nullptr) return;
  judge.found(object, object.name_origin,
              "does not set ttlSecondsAfterFinished: its pods stay until somebody deletes them");
}

}  // namespace

extern constinit const Rule job_ttl{
    .info = checked({
        .id = "job-ttl",
        .title = "finished jobs stay for ever",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "K",
        .aliases = "kube-linter:job-ttl-seconds-after-finished",
        .grade = Grade::style,
        .fix = FixSafety::unsafe,
        .fix_summary = "set ttlSecondsAfterFinished",
        .why = "Finished pods keep their logs, environment and volumes, and fill the API server's "
               "store.",
        .bad = {Surface::kubernetes,
                "apiVersion: batch/v1\n"
                "kind: Job\n"
                "metadata:\n"
                "  name: once\n"
                "spec:\n"
                "  template:\n"
                "    spec:\n"
                "      restartPolicy: Never\n"
                "      containers:\n"
                "        - name: app\n"
                "          image: busybox:1.36\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: batch/v1\n"
                 "kind: Job\n"
                 "metadata:\n"
                 "  name: once\n"
                 "spec:\n"
                 "  ttlSecondsAfterFinished: 3600\n"
                 "  template:\n"
                 "    spec:\n"
                 "      restartPolicy: Never\n"
                 "      containers:\n"
                 "        - name: app\n"
                 "          image: busybox:1.36\n"},
        .references = "https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
