// [epoch:]version[-release], as rpm and pacman split it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "versions/key.h"

namespace oakum::versions {

// Borrows the text it was split from.
struct Evr {
  std::string_view epoch;  // digits; empty counts as 0
  std::string_view version;
  std::optional<std::string_view> release;  // what follows the last '-'
};

Evr split_evr(std::string_view text);

// Epoch, version and release one after the other; `append_part` writes the order of one part. A missing release sorts
// before any.
std::string evr_key(std::string_view text, void (*append_part)(KeyBuilder& key, std::string_view part));

}  // namespace oakum::versions
