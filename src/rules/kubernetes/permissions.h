// Looking at what roles permit: most rules on RBAC are a table of permissions that should be rare.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "rules/kit/judge.h"

namespace oakum::rules {

struct Permission {
  std::string_view group;                               // "" the core group
  std::string_view resource;                            // "pods/exec"
  std::string_view verbs;                               // separated by spaces; any of them, or "*", is a match
  std::string_view role_aliases, cluster_role_aliases;  // of the finding, by the kind of role
  bool names_limit = false;                             // resourceNames make it a small right: info
};

// One finding for each resource of the role's rules that a row matches, at the resource. Resource "*" is left to
// rbac-wildcard, so that one wildcard is one finding. `why` ends the message: "lets … delete "pods/log": WHY".
// `severity` where it is not the rule's. What a Role cannot grant at all, because it belongs to no namespace, is low
// and says so.
void report_permissions(const KubernetesObject& role, Judge& judge, std::span<const Permission> rows,
                        std::string_view why, std::optional<Severity> severity = std::nullopt);

// The verb of `wanted` that the rule grants; nullptr when it grants none.
const Stated<std::string>* granted_verb(const PolicyRule& rule, std::string_view wanted);
bool covers_group(const PolicyRule& rule, std::string_view group);

bool is_role(const KubernetesObject& object);
bool is_binding(const KubernetesObject& object);

}  // namespace oakum::rules
