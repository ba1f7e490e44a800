#include "rules/kit/judge.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

constexpr Permission kPermissions[] = {
    {"", "secrets", "get list watch create update patch delete deletecollection",
     "KSV-0113 kube-linter:access-to-secrets C-0015", "KSV-0041 CKV2_K8S_5 kube-linter:access-to-secrets C-0015", true},
};

void check(const KubernetesObject& object, Judge& judge) {
  report_permissions(object, judge, kPermissions, "tokens and passwords of others are among them");
}

}  // namespace

extern constinit const Rule rbac_secrets{
    .info = checked({
        .id = "rbac-secrets",
        .title = "a role may read secrets",
        .severity = Severity::high,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "C-0015 CKV2_K8S_5 KSV-0041 KSV-0113 kube-linter:access-to-secrets",
        .fix = FixSafety::advice,
        .fix_summary = "leave it out, or narrow it with resourceNames",
        .why = "Secrets hold the tokens, keys and passwords of everything in the namespace, or with a "
               "ClusterRole of the cluster. Listing them is enough to read them, and a token read is "
               "an identity taken over.",
        .bad = {Surface::kubernetes,
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRole\n"
                "metadata:\n"
                "  name: ops\n"
                "rules:\n"
                "  - apiGroups: [\"\"]\n"
                "    resources: [pods, secrets]\n"
                "    verbs: [get, list]\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: rbac.authorization.k8s.io/v1\n"
                 "kind: ClusterRole\n"
                 "metadata:\n"
                 "  name: ops\n"
                 "rules:\n"
                 "  - apiGroups: [\"\"]\n"
                 "    resources: [configmaps]\n"
                 "    verbs: [get]\n"},
        .references = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
