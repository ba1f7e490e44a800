// libfyaml 0.7 refuses an empty item of a list that is not indented below its key, which YAML 1.2.2 (section 8.2.1)
// has:
//
//     key:
//     - one
//     -
//
// It says so at what comes next. The item is then found from there, and a null put where libfyaml reads.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace oakum::yaml {

// How often a text is read again; and up to which size, as each time costs as much as the first.
inline constexpr std::size_t kMaxEmptyItems = 20;
inline constexpr std::size_t kMaxRepairedBytes = 1U << 20;

// The offset behind the dash of the empty item that `error` (of EventReader) is about; nullopt when it is about
// something else, or that one is among `known`.
std::optional<std::size_t> find_empty_item(std::string_view text, const Error& error,
                                           const std::vector<std::size_t>& known);

}  // namespace oakum::yaml
