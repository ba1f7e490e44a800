// The loose reading of node-semver, shared by versions and ranges.
#pragma once

#include <string_view>

#include "versions/semver.h"

namespace oakum::versions {

// "v1.2.3", "= 1.2.3", "1.2.3beta", "01.2.3", "1.2": nullopt beyond that, and for numbers above 2^53 - 1.
std::optional<Semver> parse_npm(std::string_view text);

inline constexpr std::string_view kNpmMaxNumber = "9007199254740991";

}  // namespace oakum::versions
