#include "rules/kit/judge.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

constexpr Permission kPermissions[] = {
    {"rbac.authorization.k8s.io", "roles", "escalate", "CKV_K8S_158", "CKV_K8S_158"},
    {"rbac.authorization.k8s.io", "clusterroles", "escalate", "CKV_K8S_158", "CKV_K8S_158"},
    {"rbac.authorization.k8s.io", "roles", "bind", "CKV_K8S_157", "CKV_K8S_157"},
    {"rbac.authorization.k8s.io", "clusterroles", "bind", "CKV_K8S_157", "CKV_K8S_157"},
};

void check(const KubernetesObject& object, Judge& judge) {
  report_permissions(object, judge, kPermissions, "the check that nobody grants more than they have is off");
}

}  // namespace

extern constinit const Rule rbac_escalate{
    .info = checked({
        .id = "rbac-escalate",
        .title = "a role may hand out more rights than it has",
        .severity = Severity::critical,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "CKV_K8S_157 CKV_K8S_158",
        .fix = FixSafety::advice,
        .fix_summary = "leave it out, or narrow it with resourceNames",
        .why = "Kubernetes lets nobody grant rights that they do not have, except who has escalate or "
               "bind. With either an account makes itself cluster admin in one request.",
        .bad = {Surface::kubernetes,
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRole\n"
                "metadata:\n"
                "  name: ops\n"
                "rules:\n"
                "  - apiGroups: [\"rbac.authorization.k8s.io\"]\n"
                "    resources: [clusterroles]\n"
                "    verbs: [escalate]\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: rbac.authorization.k8s.io/v1\n"
                 "kind: ClusterRole\n"
                 "metadata:\n"
                 "  name: ops\n"
                 "rules:\n"
                 "  - apiGroups: [\"rbac.authorization.k8s.io\"]\n"
                 "    resources: [roles, clusterroles]\n"
                 "    verbs: [get, list]\n"},
        .references = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
