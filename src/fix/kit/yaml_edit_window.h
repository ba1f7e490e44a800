// The lines that an operation changes something in. A file has hundreds of keys and most operations touch one: what the
// others say stays as it was, and only the lines of this one are read again.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "fix/kit/yaml_edit_plan.h"
#include "model/origin.h"
#include "yaml/yaml.h"

namespace oakum::fix::yaml_edit {

// Whole lines [begin, end): one key of block mappings, or one item of a block list, with all that is below it and the
// comments and empty lines behind it.
struct Window {
  std::size_t steps = 0;  // of the trail that lead to that key or item
  std::size_t begin = 0, end = 0;
};

// The smallest that all splices are in, behind its key or dash. These lines say the same when they are read alone: all
// around them is in block style, so that they end where a line is indented as little as theirs, and they have no part
// in anchors, aliases or merge keys. nullopt: there are none such. `document` is the one that the trail is in.
std::optional<Window> find_window(std::string_view text, const Trail& trail, const Splices& splices,
                                  const Span& document);

// A collection that holds nothing but what the window does.
yaml::Node only(const Trail& trail, const Window& window);

// What these lines, `steps` below the root, say alone when that is what is wanted; else nullopt.
std::optional<yaml::Node> read(std::string_view lines, std::size_t steps, const yaml::Node& wanted);

}  // namespace oakum::fix::yaml_edit
