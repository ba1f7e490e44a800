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

#include "base/error.h"

namespace oakum::yaml {

// The offset behind the dash of the empty item that `error` (of EventReader) is about; nullopt when it is about
// something else.
std::optional<std::size_t> find_empty_item(std::string_view text, const Error& error);

}  // namespace oakum::yaml
