// Where a workload states a field now.
#pragma once

#include <optional>

#include "fix/kit/change.h"
#include "model/workload.h"

namespace oakum::fix {

// Of fields with one value the statement that wins; nullopt: not stated, or a list (whose items have places of their
// own).
std::optional<Origin> where_stated(const Workload& workload, Key key);

}  // namespace oakum::fix
