#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

// A limit without a request is the request, too.
void check(const Workload& workload, Judge& judge) {
  if (workload.memory_reservation || workload.memory || is_ephemeral(workload)) return;
  judge.found(workload, "requests no memory: the scheduler counts it as nothing");
}

}  // namespace

extern constinit const Rule memory_request{
    .info = checked({
        .id = "memory-request",
        .title = "no memory is reserved for the container",
        .severity = Severity::low,
        .practice = Practice::resource_limits,
        .surfaces = "K",
        .aliases = "C-0004 CKV_K8S_12 KSV-0016 gatekeeper:K8sContainerRequests "
                   "kube-linter:unset-memory-requirements kube-score:container-resources "
                   "kubesec:RequestsMemory polaris:memoryRequestsMissing",
        .grade = Grade::strict,
        .fix = FixSafety::unsafe,
        .fix_summary = "set resources.requests.memory to what it is seen to use",
        .why = "The scheduler places pods by their requests. One that requests no memory fits "
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
                 "          memory: 64Mi\n"},
        .references = "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
