#include "rules/kit/judge.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

constexpr Permission kPermissions[] = {
    {"", "serviceaccounts/token", "create", "", ""},
};

void check(const KubernetesObject& object, Judge& judge) {
  report_permissions(object, judge, kPermissions, "a token is the account");
}

}  // namespace

extern constinit const Rule rbac_tokens{
    .info = checked({
        .id = "rbac-tokens",
        .title = "a role may make tokens of other accounts",
        .severity = Severity::high,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .fix = FixSafety::advice,
        .fix_summary = "leave it out, or name the account in resourceNames",
        .why = "The token request API gives out a fresh credential of any service account it may be "
               "used on: without resourceNames that is every account of the namespace, or of the "
               "cluster.",
        .bad = {Surface::kubernetes,
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRole\n"
                "metadata:\n"
                "  name: ops\n"
                "rules:\n"
                "  - apiGroups: [\"\"]\n"
                "    resources: [serviceaccounts/token]\n"
                "    verbs: [create]\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: rbac.authorization.k8s.io/v1\n"
                 "kind: ClusterRole\n"
                 "metadata:\n"
                 "  name: ops\n"
                 "rules:\n"
                 "  - apiGroups: [\"\"]\n"
                 "    resources: [serviceaccounts]\n"
                 "    verbs: [get, list]\n"},
        .references = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
