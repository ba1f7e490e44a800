// What a later file does to an earlier one: https://github.com/compose-spec/compose-spec/blob/main/13-merge.md, with
// the details of compose-go's override package (which keys are lists of KEY=VALUE, what makes items the same).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "read/compose/value.h"

namespace oakum::compose {

// What could not be merged; the later file's value is then taken.
struct Conflict {
  std::string path;  // "services.web.ports"
  std::uint32_t source = 0;
  Span span;
};

// Mappings merge key by key, sequences append (items with the same key replace), scalars and commands are replaced and
// kept in `overridden`. Honours !reset and !override in `over`. `path` is the place of both in the document.
Value merge(Value base, Value over, const std::vector<std::string>& path, std::vector<Conflict>& conflicts);

// Takes !reset values out of a document that overrides nothing, and clears the tags.
void drop_resets(Value& value);

}  // namespace oakum::compose
