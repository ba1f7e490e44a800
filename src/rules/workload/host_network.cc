#include "rules/kit/judge.h"
#include "rules/workload/host_namespace.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  find_host_namespace(workload, judge,
                      {.mode = &Workload::network_mode,
                       .in_kernel = workload.kernel && workload.kernel->host_network,
                       .message = "shares the network of the host"});
}

}  // namespace

extern constinit const Rule host_network{
    .info = checked({
        .id = "host-network",
        .title = "the container shares the network of the host",
        .severity = Severity::high,
        .practice = Practice::network_segmentation,
        .surfaces = "CKRL",
        .aliases = "C-0041 CIS-5.10 CKV_K8S_19 CKV_K8S_4 CL-0008 KICS-071a71ff KSV-0009 "
                   "gatekeeper:K8sPSPHostNetworkingPorts kube-linter:host-network kubesec:HostNetwork "
                   "polaris:hostNetworkSet pss-baseline:hostNamespaces",
        .fix = FixSafety::unsafe,
        .fix_summary = "use a network of its own and publish the ports that are needed",
        .why = "In the host's network a container reaches every service that listens on the host's loopback, sees "
               "all its traffic, and is not held by published ports or network policies.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    network_mode: host\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    ports:\n"
                 "      - \"127.0.0.1:8080:8080\"\n"},
        .references = "https://docs.docker.com/engine/network/drivers/host/ "
                      "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
