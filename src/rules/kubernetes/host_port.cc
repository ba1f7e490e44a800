#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  for (const auto& port : workload.ports) {
    judge.found(workload, port.origin, join({"binds port ", port.value.text, " of the node"}));
  }
}

}  // namespace

extern constinit const Rule host_port{
    .info = checked({
        .id = "host-port",
        .title = "a port of the node is bound",
        .severity = Severity::medium,
        .practice = Practice::network_segmentation,
        .surfaces = "K",
        .aliases = "C-0044 CKV_K8S_26 KSV-0024 gatekeeper:K8sPSPHostNetworkingPorts "
                   "polaris:hostPortSet pss-baseline:hostPorts",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove hostPort and put a Service in front",
        .why = "A host port is open on every address of the node, past Services and most network "
               "policies, and only one pod per node can have it. Whoever reaches the node reaches the "
               "container.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "spec:\n"
                "  containers:\n"
                "    - name: app\n"
                "      image: nginx:1.27\n"
                "      ports:\n"
                "        - containerPort: 80\n"
                "          hostPort: 8080\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: Pod\n"
                 "metadata:\n"
                 "  name: web\n"
                 "spec:\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"
                 "      ports:\n"
                 "        - containerPort: 80\n"},
        .references = "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
