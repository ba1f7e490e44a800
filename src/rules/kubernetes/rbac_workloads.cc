#include "rules/kit/judge.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

constexpr Permission kPermissions[] = {
    {"", "pods", "create update patch delete deletecollection", "KSV-0048 kube-linter:access-to-create-pods",
     "KSV-0048 kube-linter:access-to-create-pods"},
    {"", "replicationcontrollers", "create update patch delete deletecollection", "KSV-0048", "KSV-0048"},
    {"apps", "deployments", "create update patch delete deletecollection", "KSV-0048", "KSV-0048"},
    {"apps", "replicasets", "create update patch delete deletecollection", "KSV-0048", "KSV-0048"},
    {"apps", "statefulsets", "create update patch delete deletecollection", "KSV-0048", "KSV-0048"},
    {"apps", "daemonsets", "create update patch delete deletecollection", "KSV-0048", "KSV-0048"},
    {"batch", "jobs", "create update patch delete deletecollection", "KSV-0048", "KSV-0048"},
    {"batch", "cronjobs", "create update patch delete deletecollection", "KSV-0048", "KSV-0048"},
};

void check(const KubernetesObject& object, Judge& judge) {
  report_permissions(object, judge, kPermissions,
                     "a new pod can mount any secret and use any account of its namespace");
}

}  // namespace

extern constinit const Rule rbac_workloads{
    .info = checked({
        .id = "rbac-workloads",
        .title = "a role may start containers",
        .severity = Severity::medium,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "KSV-0048 kube-linter:access-to-create-pods",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "leave it out, or narrow it with resourceNames",
        .why = "A pod may name any service account and mount any secret of its namespace, so whoever may create one "
               "has all of them, and without admission control the node too.",
        .bad = {Surface::kubernetes,
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRole\n"
                "metadata:\n"
                "  name: ops\n"
                "rules:\n"
                "  - apiGroups: [\"\"]\n"
                "    resources: [pods]\n"
                "    verbs: [create]\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: rbac.authorization.k8s.io/v1\n"
                 "kind: ClusterRole\n"
                 "metadata:\n"
                 "  name: ops\n"
                 "rules:\n"
                 "  - apiGroups: [\"apps\"]\n"
                 "    resources: [deployments]\n"
                 "    verbs: [get, list, watch]\n"},
        .references = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
