#include "rules/kit/judge.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

constexpr Permission kPermissions[] = {
    {"rbac.authorization.k8s.io", "roles", "create update patch", "KSV-0050", "KSV-0050"},
    {"rbac.authorization.k8s.io", "clusterroles", "create update patch", "KSV-0050", "KSV-0050"},
    {"rbac.authorization.k8s.io", "rolebindings", "create update patch", "KSV-0050 KSV-0051 KSV-0055 CKV2_K8S_1",
     "KSV-0050 KSV-0051 CKV2_K8S_1"},
    {"rbac.authorization.k8s.io", "clusterrolebindings", "create update patch", "KSV-0050 KSV-0052 CKV2_K8S_1",
     "KSV-0050 KSV-0052 CKV2_K8S_1"},
};

void check(const KubernetesObject& object, Judge& judge) {
  report_permissions(object, judge, kPermissions, "rights can be given to others and kept for later");
}

}  // namespace

extern constinit const Rule rbac_manage_roles{
    .info = checked({
        .id = "rbac-manage-roles",
        .title = "a role may change roles and bindings",
        .severity = Severity::high,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "CKV2_K8S_1 KSV-0050 KSV-0051 KSV-0052 KSV-0055",
        .fix = FixSafety::advice,
        .fix_summary = "leave it out, or narrow it with resourceNames",
        .why = "Whoever writes bindings decides who may do what: rights are given to accounts that nobody watches, and "
               "stay when the first account is locked.",
        .bad = {Surface::kubernetes,
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRole\n"
                "metadata:\n"
                "  name: ops\n"
                "rules:\n"
                "  - apiGroups: [\"rbac.authorization.k8s.io\"]\n"
                "    resources: [rolebindings, clusterrolebindings]\n"
                "    verbs: [create, get]\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: rbac.authorization.k8s.io/v1\n"
                 "kind: ClusterRole\n"
                 "metadata:\n"
                 "  name: ops\n"
                 "rules:\n"
                 "  - apiGroups: [\"rbac.authorization.k8s.io\"]\n"
                 "    resources: [rolebindings]\n"
                 "    verbs: [get, list, watch]\n"},
        .references = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
