#include "rules/kubernetes/permissions.h"

#include <algorithm>

#include "base/text.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

constexpr std::string_view kGroup = "rbac.authorization.k8s.io";

void report(const KubernetesObject& role, Judge& judge, const Permission& row, const Stated<std::string>& resource,
            const PolicyRule& rule, std::string_view why) {
  const Stated<std::string>& verb = *granted_verb(rule, row.verbs);
  const std::string_view act = verb.value == "*" ? std::string_view("do everything with") : verb.value;
  Finding& finding =
      judge.found(role, resource.origin, join({"lets its subjects ", act, " ", quoted(resource.value), ": ", why}));
  // Creating cannot be limited to names: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
  const bool limited = row.names_limit && !rule.resource_names.empty() && granted_verb(rule, "create") == nullptr;
  if (limited) finding.severity = Severity::low;
  set_aliases(finding, role.kind == "Role" ? row.role_aliases : row.cluster_role_aliases);
}

}  // namespace

bool is_role(const KubernetesObject& object) {
  return is_kind(object, kGroup, "Role") || is_kind(object, kGroup, "ClusterRole");
}

bool is_binding(const KubernetesObject& object) {
  return is_kind(object, kGroup, "RoleBinding") || is_kind(object, kGroup, "ClusterRoleBinding");
}

bool covers_group(const PolicyRule& rule, std::string_view group) {
  return std::ranges::any_of(
      rule.api_groups, [group](const Stated<std::string>& item) { return item.value == group || item.value == "*"; });
}

const Stated<std::string>* granted_verb(const PolicyRule& rule, std::string_view wanted) {
  for (const Stated<std::string>& verb : rule.verbs) {
    if (verb.value == "*") return &verb;
    for (std::string_view rest = wanted; !rest.empty();) {
      if (next_field(rest, ' ') == verb.value) return &verb;
    }
  }
  return nullptr;
}

void report_permissions(const KubernetesObject& role, Judge& judge, std::span<const Permission> rows,
                        std::string_view why) {
  if (!is_role(role)) return;
  for (const PolicyRule& rule : role.rules) {
    for (const Stated<std::string>& resource : rule.resources) {
      const auto matched = std::ranges::find_if(rows, [&](const Permission& row) {
        return row.resource == resource.value && covers_group(rule, row.group) &&
               granted_verb(rule, row.verbs) != nullptr;
      });
      if (matched != rows.end()) report(role, judge, *matched, resource, rule, why);
    }
  }
}

}  // namespace oakum::rules
