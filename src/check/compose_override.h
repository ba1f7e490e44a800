// compose.yaml and the compose.override.yaml beside it, which the engine merges into it unasked.
#pragma once

#include <string>

namespace oakum::check {

// The override of that Compose file; "" none is there.
std::string override_of(const std::string& path);
// The Compose file that this overrides; "" it is no override, or what it would override is not there.
std::string overridden_by(const std::string& path);

}  // namespace oakum::check
