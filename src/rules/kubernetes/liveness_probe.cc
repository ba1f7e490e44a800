#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  if (!keeps_running(workload) || workload.liveness) return;
  judge.found(workload, "has no liveness probe");
}

}  // namespace

extern constinit const Rule liveness_probe{
    .info = checked({
        .id = "liveness-probe",
        .title = "the container has no liveness probe",
        .severity = Severity::low,
        .practice = Practice::monitoring,
        .surfaces = "K",
        .aliases = "C-0056 CKV_K8S_8 gatekeeper:K8sRequiredProbes kube-linter:no-liveness-probe kube-score:pod-probes "
                   "polaris:livenessProbeMissing",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "add a livenessProbe that asks what the program can answer cheaply",
        .why = "A program that hangs keeps its port open and its pod \"running\". A liveness probe is "
               "how the kubelet notices and starts it again.",
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
                 "      livenessProbe:\n"
                 "        httpGet:\n"
                 "          path: /healthz\n"
                 "          port: 80\n"},
        .references =
            "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
