#include "rules/kit/judge.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

constexpr Permission kPermissions[] = {
    {"", "pods/exec", "create get", "KSV-0053 C-0002 polaris:rolePodExecAttach",
     "KSV-0053 CKV2_K8S_2 C-0002 polaris:clusterrolePodExecAttach"},
    {"", "pods/attach", "create get", "KSV-0054 C-0002 polaris:rolePodExecAttach",
     "KSV-0054 C-0002 polaris:clusterrolePodExecAttach"},
};

void check(const KubernetesObject& object, Judge& judge) {
  report_permissions(object, judge, kPermissions, "it becomes whatever those containers are");
}

}  // namespace

extern constinit const Rule rbac_exec{
    .info = checked({
        .id = "rbac-exec",
        .title = "a role may run programs in containers",
        .severity = Severity::high,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "C-0002 CKV2_K8S_2 KSV-0053 KSV-0054 polaris:clusterrolePodExecAttach "
                   "polaris:rolePodExecAttach",
        .fix = FixSafety::advice,
        .fix_summary = "leave it out, or narrow it with resourceNames",
        .why = "Whoever may exec into a pod acts as that pod: its service account, its secrets, its network. It also "
               "leaves nothing behind in the image or the manifest.",
        .bad = {Surface::kubernetes,
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRole\n"
                "metadata:\n"
                "  name: ops\n"
                "rules:\n"
                "  - apiGroups: [\"\"]\n"
                "    resources: [pods, pods/exec]\n"
                "    verbs: [create]\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: rbac.authorization.k8s.io/v1\n"
                 "kind: ClusterRole\n"
                 "metadata:\n"
                 "  name: ops\n"
                 "rules:\n"
                 "  - apiGroups: [\"\"]\n"
                 "    resources: [pods, pods/status]\n"
                 "    verbs: [get]\n"},
        .references = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
