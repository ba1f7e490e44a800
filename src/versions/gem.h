// Ruby gem versions, shared by versions and requirements.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oakum::versions {

// The segments of a version: digits or letters. Borrows the text; "-" stands as the segment "pre".
std::optional<std::vector<std::string_view>> parse_gem(std::string_view text);
std::string gem_key_of(const std::vector<std::string_view>& segments);

}  // namespace oakum::versions
