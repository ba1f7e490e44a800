#include "rules/kit/judge.h"
#include "rules/workload/host_namespace.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  find_host_namespace(workload, judge,
                      {.mode = &Workload::ipc_mode,
                       .in_kernel = workload.kernel && workload.kernel->host_ipc,
                       .message = "shares the IPC namespace of the host"});
}

}  // namespace

extern constinit const Rule host_ipc{
    .info = checked({
        .id = "host-ipc",
        .title = "the container shares the memory segments of the host",
        .severity = Severity::high,
        .practice = Practice::not_privileged,
        .surfaces = "CKRL",
        .aliases = "C-0038 CIS-5.17 CKV_K8S_18 CKV_K8S_3 CL-0010 KICS-baa3890f KSV-0008 gatekeeper:K8sPSPHostNamespace "
                   "kube-linter:host-ipc kubesec:HostIPC polaris:hostIPCSet pss-baseline:hostNamespaces",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove it; a larger /dev/shm is `shm_size`",
        .why = "Programs of the host keep data in shared memory and trust what they find there. In the host's IPC "
               "namespace a container reads and changes it.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    ipc: host\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    ipc: private\n"},
        .references = "https://docs.docker.com/engine/containers/run/#ipc-settings---ipc "
                      "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
