#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

bool may_exec(const KubernetesObject& role) {
  return std::ranges::any_of(role.rules, [](const PolicyRule& rule) {
    return covers_group(rule, "") && granted_verb(rule, "create get") != nullptr &&
           std::ranges::any_of(rule.resources, [](const Stated<std::string>& resource) {
             return resource.value == "pods/exec" || resource.value == "pods/attach" || resource.value == "*";
           });
  });
}

// Roles that may, by kind and name.
using Roles = std::multimap<std::pair<std::string_view, std::string_view>, const KubernetesObject*>;

void look_at(const KubernetesObject& binding, const Roles& roles, Judge& judge) {
  const auto [first, last] = roles.equal_range({binding.role->kind, binding.role->name});
  const auto found = std::find_if(first, last, [&](const auto& entry) {
    return entry.second->kind == "ClusterRole" || may_share_namespace(entry.second->name_space, binding.name_space);
  });
  if (found == last) return;
  const KubernetesObject& role = *found->second;
  Finding& finding = judge.found(binding, binding.role.origin(),
                                 join({"binds ", quoted(role.name), ", which may run programs in containers"}));
  finding.related.push_back({role.name_origin, "the role"});
  only_aliases(finding, {binding.kind == "ClusterRoleBinding" ? "polaris:clusterrolebindingPodExecAttach"
                         : role.kind == "ClusterRole"         ? "polaris:rolebindingClusterRolePodExecAttach"
                                                              : "polaris:rolebindingRolePodExecAttach"});
}

void check(const Subjects& subjects, Judge& judge) {
  Roles roles;
  for (const KubernetesObject& object : subjects.objects) {
    if (is_role(object) && may_exec(object))
      roles.emplace(std::pair(std::string_view(object.kind), std::string_view(object.name)), &object);
  }
  for (const KubernetesObject& object : subjects.objects) {
    if (is_binding(object) && object.role) look_at(object, roles, judge);
  }
}

}  // namespace

extern constinit const Rule rbac_exec_binding{
    .info = checked({
        .id = "rbac-exec-binding",
        .title = "a binding lets accounts run programs in containers",
        .severity = Severity::medium,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "polaris:clusterrolebindingPodExecAttach "
                   "polaris:rolebindingClusterRolePodExecAttach polaris:rolebindingRolePodExecAttach",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "bind a role without pods/exec and pods/attach",
        .why = "The role says what may be done, the binding who does it: this one names the accounts "
               "that may open a shell in other containers.",
        .bad = {Surface::kubernetes,
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRole\n"
                "metadata:\n"
                "  name: ops\n"
                "rules:\n"
                "  - apiGroups: [\"\"]\n"
                "    resources: [pods/exec]\n"
                "    verbs: [create]\n"
                "---\n"
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRoleBinding\n"
                "metadata:\n"
                "  name: ops\n"
                "roleRef:\n"
                "  apiGroup: rbac.authorization.k8s.io\n"
                "  kind: ClusterRole\n"
                "  name: ops\n"
                "subjects:\n"
                "  - kind: ServiceAccount\n"
                "    name: ci\n"
                "    namespace: build\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: rbac.authorization.k8s.io/v1\n"
                 "kind: ClusterRole\n"
                 "metadata:\n"
                 "  name: ops\n"
                 "rules:\n"
                 "  - apiGroups: [\"\"]\n"
                 "    resources: [pods]\n"
                 "    verbs: [get]\n"
                 "---\n"
                 "apiVersion: rbac.authorization.k8s.io/v1\n"
                 "kind: ClusterRoleBinding\n"
                 "metadata:\n"
                 "  name: ops\n"
                 "roleRef:\n"
                 "  apiGroup: rbac.authorization.k8s.io\n"
                 "  kind: ClusterRole\n"
                 "  name: ops\n"
                 "subjects:\n"
                 "  - kind: ServiceAccount\n"
                 "    name: ci\n"
                 "    namespace: build\n"},
        .references = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    }),
    .checks = {.subjects = check},
};

}  // namespace oakum::rules
