#include "rules/kit/judge.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

void check(const KubernetesObject& object, Judge& judge) {
  if (!is_binding(object)) return;
  for (const auto& subject : object.subjects) {
    if (subject.value.kind != "ServiceAccount" || subject.value.name != "default") continue;
    judge.found(object, subject.origin, "gives rights to the default account: to every pod that names none");
  }
}

}  // namespace

extern constinit const Rule rbac_default_account{
    .info = checked({
        .id = "rbac-default-account",
        .title = "rights are given to a default service account",
        .severity = Severity::medium,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "CKV_K8S_42",
        .fix = FixSafety::advice,
        .fix_summary = "make an account for the program that needs it, and bind that",
        .why = "Every pod that names no account runs as the default one of its namespace, so whatever it is granted, "
               "all of them get, future ones included.",
        .bad = {Surface::kubernetes,
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRoleBinding\n"
                "metadata:\n"
                "  name: ops\n"
                "roleRef:\n"
                "  apiGroup: rbac.authorization.k8s.io\n"
                "  kind: ClusterRole\n"
                "  name: view\n"
                "subjects:\n"
                "  - kind: ServiceAccount\n"
                "    name: default\n"
                "    namespace: shop\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: rbac.authorization.k8s.io/v1\n"
                 "kind: ClusterRoleBinding\n"
                 "metadata:\n"
                 "  name: ops\n"
                 "roleRef:\n"
                 "  apiGroup: rbac.authorization.k8s.io\n"
                 "  kind: ClusterRole\n"
                 "  name: view\n"
                 "subjects:\n"
                 "  - kind: ServiceAccount\n"
                 "    name: ci\n"
                 "    namespace: build\n"},
        .references = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
