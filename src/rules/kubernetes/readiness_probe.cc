#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  if (!keeps_running(workload) || workload.readiness) return;
  if (workload.pod->kind == "Service") return;  // Knative's: it asks the port itself
  judge.found(workload, "has no readiness probe");
}

}  // namespace

extern constinit const Rule readiness_probe{
    .info = checked({
        .id = "readiness-probe",
        .title = "the container has no readiness probe",
        .severity = Severity::low,
        .practice = Practice::monitoring,
        .surfaces = "K",
        .aliases = "C-0018 CKV_K8S_9 gatekeeper:K8sRequiredProbes kube-linter:no-readiness-probe kube-score:pod-probes "
                   "polaris:readinessProbeMissing",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "add a readinessProbe that asks what the program can answer cheaply",
        .why = "A pod gets traffic as soon as its containers run. A readiness probe keeps requests "
               "away from one that is still starting or has lost what it depends on, also during a "
               "roll-out.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  containers:\n"
                "    - name: app\n"
                "      image: nginx:1.27\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: Pod\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"
                 "      readinessProbe:\n"
                 "        httpGet:\n"
                 "          path: /healthz\n"
                 "          port: 80\n"},
        .references =
            "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
