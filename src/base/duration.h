// Durations as Compose and Docker write them: "1m30s", "1.5h", "500ms", "0"; a number alone is nanoseconds, as in the
// API.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace oakum {

std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text);

}  // namespace oakum
