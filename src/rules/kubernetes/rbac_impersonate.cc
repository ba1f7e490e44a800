#include "rules/kit/judge.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

constexpr Permission kOfUsers[] = {
    {"", "users", "impersonate", "KSV-0043 C-0065", "KSV-0043 CKV2_K8S_3 C-0065"},
    {"", "groups", "impersonate", "KSV-0043 C-0065", "KSV-0043 CKV2_K8S_3 C-0065"},
};
constexpr Permission kOfAccounts[] = {
    {"", "serviceaccounts", "impersonate", "KSV-0043 C-0065", "KSV-0043 CKV2_K8S_3 C-0065"},
};
constexpr Permission kOfTraits[] = {
    {"authentication.k8s.io", "userextras", "impersonate", "C-0065", "C-0065"},
    {"authentication.k8s.io", "uids", "impersonate", "C-0065", "C-0065"},
};

void check(const KubernetesObject& object, Judge& judge) {
  report_permissions(object, judge, kOfUsers, "it has the rights of anyone, system:masters included");
  const bool of_namespace = object.kind == "Role";
  report_permissions(object, judge, kOfAccounts,
                     of_namespace ? "it has the rights of every account of the namespace"
                                  : "it has the rights of every account, those of controllers included",
                     of_namespace ? Severity::high : Severity::critical);
  report_permissions(object, judge, kOfTraits, "it chooses what else an authenticator says of somebody");
}

}  // namespace

extern constinit const Rule rbac_impersonate{
    .info = checked({
        .id = "rbac-impersonate",
        .title = "a role may act as somebody else",
        .severity = Severity::critical,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "C-0065 CKV2_K8S_3 KSV-0043",
        .fix = FixSafety::advice,
        .fix_summary = "leave it out, or name the one identity in resourceNames",
        .why = "Impersonation turns one account into any other for the length of a request, cluster admins included; "
               "the audit log shows it only to those who look for it.",
        .bad = {Surface::kubernetes,
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRole\n"
                "metadata:\n"
                "  name: ops\n"
                "rules:\n"
                "  - apiGroups: [\"\"]\n"
                "    resources: [users, groups]\n"
                "    verbs: [impersonate]\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: rbac.authorization.k8s.io/v1\n"
                 "kind: ClusterRole\n"
                 "metadata:\n"
                 "  name: ops\n"
                 "rules:\n"
                 "  - apiGroups: [\"\"]\n"
                 "    resources: [serviceaccounts]\n"
                 "    verbs: [get]\n"},
        .references = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
