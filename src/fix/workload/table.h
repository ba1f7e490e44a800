#pragma once

#include <span>

#include "fix/kit/remedy.h"

namespace oakum::fix {

std::span<const Remedy* const> workload_remedies();  // sorted by rule

}  // namespace oakum::fix
