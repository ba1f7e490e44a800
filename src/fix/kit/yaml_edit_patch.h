// The tree of a text after an operation, without reading all of it again.
#pragma once

#include <cstddef>
#include <cstdint>

#include "fix/kit/yaml_edit.h"
#include "yaml/yaml.h"

namespace oakum::fix::yaml_edit {

// The lines [begin, end) of a text, those of the key or item at `path`, became others.
struct Patch {
  YamlPath path;
  std::size_t begin = 0, end = 0;
  std::ptrdiff_t more_bytes = 0, more_lines = 0;  // than there were
  yaml::Node now;                                 // what is at `path`, placed in the new lines alone
};

// `documents` of the text before become those of the text after: the very tree that reading it gives. False: that
// cannot be told, as a collection around ends with nothing (`- ` alone, `key:`), and they are good for nothing any
// more.
bool apply_patch(yaml::Documents& documents, std::size_t document, const Patch& patch);

}  // namespace oakum::fix::yaml_edit
