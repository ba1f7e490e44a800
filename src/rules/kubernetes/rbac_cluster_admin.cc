#include "rules/kit/judge.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

void check(const KubernetesObject& object, Judge& judge) {
  if (!is_binding(object) || !object.role || object.role->kind != "ClusterRole" || object.role->name != "cluster-admin")
    return;
  const bool whole = object.kind == "ClusterRoleBinding";
  Finding& finding =
      judge.found(object, object.role.origin(),
                  whole ? "gives its subjects the whole cluster" : "gives its subjects everything in the namespace");
  only_aliases(finding,
               {"C-0035", "KSV-0111",
                whole ? "polaris:clusterrolebindingClusterAdmin" : "polaris:rolebindingClusterAdminClusterRole"});
  if (whole) {
    add_alias(finding, "kube-linter:cluster-admin-role-binding");
  } else {
    finding.severity = Severity::medium;
  }
}

}  // namespace

extern constinit const Rule rbac_cluster_admin{
    .info = checked({
        .id = "rbac-cluster-admin",
        .title = "cluster-admin is handed out",
        .severity = Severity::high,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "C-0035 KSV-0111 kube-linter:cluster-admin-role-binding "
                   "polaris:clusterrolebindingClusterAdmin polaris:rolebindingClusterAdminClusterRole",
        .fix = FixSafety::advice,
        .fix_summary = "bind a role with the permissions that are used",
        .why = "cluster-admin may do everything to everything. A program that holds it turns every "
               "one of its bugs into one of the whole cluster.",
        .bad = {Surface::kubernetes,
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRoleBinding\n"
                "metadata:\n"
                "  name: ops\n"
                "roleRef:\n"
                "  apiGroup: rbac.authorization.k8s.io\n"
                "  kind: ClusterRole\n"
                "  name: cluster-admin\n"
                "subjects:\n"
                "  - kind: ServiceAccount\n"
                "    name: ci\n"
                "    namespace: build\n"},
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
