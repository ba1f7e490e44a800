#include "rules/kit/judge.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

constexpr Permission kPermissions[] = {
    {"", "pods/log", "delete deletecollection", "KSV-0042", "KSV-0042"},
    {"", "events", "delete deletecollection", "", ""},
};

void check(const KubernetesObject& object, Judge& judge) {
  report_permissions(object, judge, kPermissions, "traces of an attack can be removed");
}

}  // namespace

extern constinit const Rule rbac_logs{
    .info = checked({
        .id = "rbac-logs",
        .title = "a role may delete logs",
        .severity = Severity::medium,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "KSV-0042",
        .fix = FixSafety::advice,
        .fix_summary = "leave it out, or narrow it with resourceNames",
        .why = "Logs and events are what is left to tell what happened. Nobody who runs programs in "
               "the cluster needs to remove them.",
        .bad = {Surface::kubernetes,
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRole\n"
                "metadata:\n"
                "  name: ops\n"
                "rules:\n"
                "  - apiGroups: [\"\"]\n"
                "    resources: [pods/log]\n"
                "    verbs: [get, delete]\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: rbac.authorization.k8s.io/v1\n"
                 "kind: ClusterRole\n"
                 "metadata:\n"
                 "  name: ops\n"
                 "rules:\n"
                 "  - apiGroups: [\"\"]\n"
                 "    resources: [pods/log]\n"
                 "    verbs: [get]\n"},
        .references = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
