// Paths as origins write them: `spec.containers[0].name`, `metadata.annotations["a.b/c"]`.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "fix/kit/yaml_edit.h"

namespace oakum::fix {

// nullopt: no such path ("" is the root).
std::optional<YamlPath> parse_path(std::string_view node);

// The path without its last `steps` steps; empty when it has no more.
YamlPath without_last(YamlPath path, std::size_t steps = 1);
YamlPath with(YamlPath path, std::initializer_list<YamlStep> more);

}  // namespace oakum::fix
