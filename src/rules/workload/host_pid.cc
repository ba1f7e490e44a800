#include "rules/kit/judge.h"
#include "rules/workload/host_namespace.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  find_host_namespace(workload, judge,
                      {.mode = &Workload::pid_mode,
                       .in_kernel = workload.kernel && workload.kernel->host_pid,
                       .message = "shares the process namespace of the host"});
}

}  // namespace

extern constinit const Rule host_pid{
    .info = checked({
        .id = "host-pid",
        .title = "the container sees the processes of the host",
        .severity = Severity::high,
        .practice = Practice::not_privileged,
        .surfaces = "CKRL",
        .aliases = "C-0038 CIS-5.16 CKV_K8S_1 CKV_K8S_17 CL-0010 KICS-4f31dd9f KSV-0010 gatekeeper:K8sPSPHostNamespace "
                   "kube-linter:host-pid kubesec:HostPID polaris:hostPIDSet pss-baseline:hostNamespaces",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove it",
        .why = "With the host's process namespace a container lists every process with its arguments and "
               "environment, can signal those of the same user, and with a little more right enters the host "
               "through /proc/1/root.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    pid: host\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"},
        .references = "https://docs.docker.com/engine/containers/run/#pid-settings---pid "
                      "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
