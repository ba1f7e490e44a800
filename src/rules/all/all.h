// Every rule, and how to find one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/kit/rule.h"

namespace oakum::rules {

// Sorted by id. Made once, at the first call; later calls may come from any thread.
const std::vector<const Rule*>& all_rules();

// By id; nullptr when there is none.
const Rule* find_rule(std::string_view id);

// By id or by any alias, capitals ignored; several rules may share an alias.
std::vector<const Rule*> rules_named(std::string_view name);

}  // namespace oakum::rules
