#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

// A limit without a request is the request, too.
void check(const Workload& workload, Judge& judge) {
  if (workload.cpu_reservation || workload.cpus || is_ephemeral(workload)) return;
  judge.found(workload, "requests no CPU: the scheduler counts it as nothing");
}

}  // namespace

extern constinit const Rule cpu_request{
    .info = checked({
        .id = "cpu-request",
        .title = "no CPU is reserved for the container",
        .severity = Severity::low,
        .practice = Practice::resource_limits,
        .surfaces = "K",
        .aliases = "C-0050 CKV_K8S_10 KSV-0015 gatekeeper:K8sContainerRequests "
                   "kube-linter:unset-cpu-requirements kube-score:container-resources "
                   "kubesec:RequestsCPU polaris:cpuRequestsMissing",
        .grade = Grade::strict,
        .fix = FixSafety::unsafe,
        .fix_summary = "set resources.requests.cpu to what it is seen to use",
        .why = "The scheduler places pods by their requests. One that requests no CPU fits "
               "everywhere, so nodes fill beyond what they have, and it is the first to suffer, or to "
               "be killed, when they do.",
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
                 "      resources:\n"
                 "        requests:\n"
                 "          cpu: 250m\n"},
        .references = "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
