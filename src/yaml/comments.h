#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "model/origin.h"
#include "yaml/yaml.h"

namespace oakum::yaml {

// YAML 1.2.2 section 6.6: a `#` at a line's start or behind white space, outside of `opaque` (quoted and block scalars,
// in order, as offsets of `text`).
std::vector<Comment> find_comments(std::string_view text,
                                   const std::vector<std::pair<std::size_t, std::size_t>>& opaque,
                                   const LineIndex& lines);

}  // namespace oakum::yaml
