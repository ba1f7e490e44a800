// [epoch:]version[-release], as rpm and pacman split it.
#pragma once

#include <optional>
#include <string_view>

namespace oakum::versions {

// Borrows the text it was split from.
struct Evr {
  std::string_view epoch;  // digits; empty counts as 0
  std::string_view version;
  std::optional<std::string_view> release;  // what follows the last '-'
};

Evr split_evr(std::string_view text);

}  // namespace oakum::versions
