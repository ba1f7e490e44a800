// What this machine cannot do at all, whoever asks: the engine's words when it refuses, and the request without it.
#pragma once

#include <optional>
#include <string>

#include "net/json.h"

namespace oakum::trial {

// Changes the request so that it asks for less, and returns what it does not ask for any more; nullopt when `refusal`
// is about the workload itself.
std::optional<std::string> relax(net::Json& request, const std::string& refusal);

}  // namespace oakum::trial
