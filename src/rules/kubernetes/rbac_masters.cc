#include "rules/kit/judge.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

void check(const KubernetesObject& object, Judge& judge) {
  if (!is_binding(object)) return;
  for (const auto& subject : object.subjects) {
    if (subject.value.kind == "Group" && subject.value.name == "system:masters")
      judge.found(object, subject.origin, "counts on the group system:masters, which no permission check ever refuses");
  }
}

}  // namespace

extern constinit const Rule rbac_masters{
    .info = checked({
        .id = "rbac-masters",
        .title = "somebody is bound as system:masters",
        .severity = Severity::critical,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "KSV-0123",
        .fix = FixSafety::advice,
        .fix_summary = "use a group of your own",
        .why = "Members of system:masters pass every check of the API server, whatever roles say, and cannot be locked "
               "out while their certificate lasts. It is meant for emergencies only.",
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
                "  - kind: Group\n"
                "    apiGroup: rbac.authorization.k8s.io\n"
                "    name: system:masters\n"},
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
                 "  - kind: Group\n"
                 "    apiGroup: rbac.authorization.k8s.io\n"
                 "    name: platform-team\n"},
        .references = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
