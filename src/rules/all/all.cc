#include "rules/all/all.h"

#include <algorithm>

#include "base/text.h"
#include "rules/build/table.h"
#include "rules/image/table.h"
#include "rules/kubernetes/table.h"
#include "rules/workload/table.h"

namespace oakum::rules {

namespace {

std::string_view id_of(const Rule* rule) { return rule->info.id; }

std::vector<const Rule*> collect() {
  std::vector<const Rule*> rules;
  for (const auto table : {build_rules(), image_rules(), kubernetes_rules(), workload_rules()}) {
    rules.insert(rules.end(), table.begin(), table.end());
  }
  std::ranges::sort(rules, {}, id_of);
  return rules;
}

bool has_alias(std::string_view aliases, std::string_view name) {
  while (!aliases.empty()) {
    if (equals_ignoring_case(next_field(aliases, ' '), name)) return true;
  }
  return false;
}

}  // namespace

const std::vector<const Rule*>& all_rules() {
  static const std::vector<const Rule*> rules = collect();
  return rules;
}

const Rule* find_rule(std::string_view id) {
  const auto& rules = all_rules();
  const auto found = std::ranges::lower_bound(rules, id, {}, id_of);
  return found != rules.end() && (*found)->info.id == id ? *found : nullptr;
}

std::vector<const Rule*> rules_named(std::string_view name) {
  std::vector<const Rule*> found;
  for (const Rule* rule : all_rules()) {
    if (rule->info.id == name || has_alias(rule->info.aliases, name)) found.push_back(rule);
  }
  return found;
}

}  // namespace oakum::rules
