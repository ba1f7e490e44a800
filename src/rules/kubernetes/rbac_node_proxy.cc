#include "rules/kit/judge.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

constexpr Permission kPermissions[] = {
    {"", "nodes/proxy", "create get", "KSV-0047", "KSV-0047 CKV2_K8S_2"},
};

void check(const KubernetesObject& object, Judge& judge) {
  report_permissions(object, judge, kPermissions, "the kubelet runs programs in every container of the node");
}

}  // namespace

extern constinit const Rule rbac_node_proxy{
    .info = checked({
        .id = "rbac-node-proxy",
        .title = "a role reaches the kubelet past the API server",
        .severity = Severity::high,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "CKV2_K8S_2 KSV-0047",
        .fix = FixSafety::advice,
        .fix_summary = "use nodes/metrics, nodes/stats or nodes/log where that is what is needed",
        .why = "nodes/proxy leads to the kubelet's own API, where programs run in any container of "
               "the node. Neither admission control nor the audit log sees what is done there.",
        .bad = {Surface::kubernetes,
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRole\n"
                "metadata:\n"
                "  name: ops\n"
                "rules:\n"
                "  - apiGroups: [\"\"]\n"
                "    resources: [nodes, nodes/proxy]\n"
                "    verbs: [get]\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: rbac.authorization.k8s.io/v1\n"
                 "kind: ClusterRole\n"
                 "metadata:\n"
                 "  name: ops\n"
                 "rules:\n"
                 "  - apiGroups: [\"\"]\n"
                 "    resources: [nodes/metrics]\n"
                 "    verbs: [get]\n"},
        .references = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
