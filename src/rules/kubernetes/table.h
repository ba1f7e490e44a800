// The rules of this folder, sorted by id.
#pragma once

#include <span>

#include "rules/kit/rule.h"

namespace oakum::rules {

std::span<const Rule* const> kubernetes_rules();

}  // namespace oakum::rules
