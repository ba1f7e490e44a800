// A workload as JSON: every stated field with its value, its origin and what it overrides.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "model/subjects.h"

namespace oakum::cli {

nlohmann::ordered_json workload_json(const Workload& workload, const Subjects& subjects);
nlohmann::ordered_json origin_json(const Origin& origin, const Subjects& subjects);

}  // namespace oakum::cli
