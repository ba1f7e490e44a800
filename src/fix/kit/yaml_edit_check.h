// The tree that an operation must lead to, and whether a text's tree is it.
#pragma once

#include <cstddef>

#include "fix/kit/yaml_edit.h"
#include "yaml/yaml.h"

namespace oakum::fix::yaml_edit {

// Both on the tree as written. The steps up to `made` exist, the others are made.
void expect_set(yaml::Node& root, const YamlPath& path, const YamlValue& value);
// Removes what the first `steps` lead to.
void expect_removed(yaml::Node& root, const YamlPath& path, std::size_t steps);

// The same values, keys in their order, tags and anchors, as they are written: aliases by name, and of what merge keys
// bring that each key is still there (`merges` false: not looked at). A string must still be one to YAML 1.1 readers.
bool same(const yaml::Node& wanted, const yaml::Node& is, bool merges);
// Is it so already?
bool is_value(const yaml::Node& node, const YamlValue& value);

}  // namespace oakum::fix::yaml_edit
