// NuGet versions, shared by versions and ranges.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace oakum::versions {

struct NugetVersion {
  std::array<std::string_view, 4> numbers;  // absent ones are "0"
  std::string prerelease;                   // in lower case
};

std::optional<NugetVersion> parse_nuget(std::string_view text);
std::string nuget_key_of(const NugetVersion& version);

}  // namespace oakum::versions
