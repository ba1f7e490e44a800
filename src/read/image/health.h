// HEALTHCHECK as image configs and the Engine API write it: {"Test": ["CMD", …], "Interval": nanoseconds, …}.
#pragma once

#include <optional>

#include "model/workload.h"
#include "net/json.h"

namespace oakum::image {

// nullopt when nothing is stated: no object, or one without a test. Durations become "1m30s".
std::optional<HealthCheck> health_check_of(const net::Json& value);

}  // namespace oakum::image
