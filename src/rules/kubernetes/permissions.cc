#include "rules/kubernetes/permissions.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

constexpr std::string_view kGroup = "rbac.authorization.k8s.io";

// What belongs to no namespace: a Role lists it in vain.
constexpr std::string_view kOfTheCluster[] = {"certificatesigningrequests",
                                              "certificatesigningrequests/approval",
                                              "clusterrolebindings",
                                              "clusterroles",
                                              "groups",
                                              "mutatingwebhookconfigurations",
                                              "nodes/proxy",
                                              "uids",
                                              "userextras",
                                              "users",
                                              "validatingwebhookconfigurations"};
static_assert(std::ranges::is_sorted(kOfTheCluster));

// `"a"`, or `"a" and 2 others`.
std::string names_of(const PolicyRule& rule) {
  const std::string first = quoted(rule.resource_names.items.front().value);
  const std::size_t others = rule.resource_names.items.size() - 1;
  if (others == 0) return first;
  return join({first, " and ", std::to_string(others), others == 1 ? " other" : " others"});
}

void report(const KubernetesObject& role, Judge& judge, const Permission& row, const Stated<std::string>& resource,
            const PolicyRule& rule, std::string_view why, std::optional<Severity> severity) {
  const Stated<std::string>& verb = *granted_verb(rule, row.verbs);
  const std::string_view act = verb.value == "*" ? std::string_view("do everything with") : verb.value;
  // Creating cannot be limited to names: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
  const bool limited = row.names_limit && !rule.resource_names.empty() && granted_verb(rule, "create") == nullptr;
  const bool in_vain = role.kind == "Role" && std::ranges::binary_search(kOfTheCluster, resource.value);
  const std::string what = join({"lets its subjects ", act, " ", quoted(resource.value)});
  std::string message = join({what, ": ", why});
  if (limited) message = join({what, ", but only ", names_of(rule)});
  if (in_vain)
    message = join({"lists ", quoted(resource.value), ", which belongs to no namespace: a Role cannot grant it"});
  Finding& finding = judge.found(role, resource.origin, std::move(message));
  if (severity) finding.severity = *severity;
  if (in_vain) finding.severity = Severity::low;
  if (limited) finding.severity = Severity::info;
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
                        std::string_view why, std::optional<Severity> severity) {
  if (!is_role(role)) return;
  for (const PolicyRule& rule : role.rules) {
    for (const Stated<std::string>& resource : rule.resources) {
      const auto matched = std::ranges::find_if(rows, [&](const Permission& row) {
        return row.resource == resource.value && covers_group(rule, row.group) &&
               granted_verb(rule, row.verbs) != nullptr;
      });
      if (matched != rows.end()) report(role, judge, *matched, resource, rule, why, severity);
    }
  }
}

}  // namespace oakum::rules
