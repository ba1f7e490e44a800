// The tree that an operation must lead to, and whether a text's tree is it.
#pragma once

#include <cstddef>

#include "fix/kit/yaml_edit.h"
#include "yaml/yaml.h"

namespace oakum::fix::yaml_edit {

// What is written there; nullptr: nothing, or only through a merge key.
yaml::Node* child(yaml::Node& node, const YamlStep& step);

// All on the tree as written. What is missing on the way is made.
void expect_set(yaml::Node& root, const YamlPath& path, const YamlValue& value);
void expect_appended(yaml::Node& root, const YamlPath& path, const YamlValue& item);
void expect_removed(yaml::Node& root, const YamlPath& path);

// The same values, keys in their order, tags and anchors, as they are written: aliases by name, and nothing of what
// merge keys bring. A string must still be one to YAML 1.1 readers.
bool same_text(const yaml::Node& wanted, const yaml::Node& is);
// The same values once aliases and merge keys are resolved.
bool same_meaning(const yaml::Node& wanted, const yaml::Node& is);
// Where a key was removed, that one which a merge key brings counts again.
void adopt_merged(yaml::Node& wanted, const yaml::Node& is, const YamlPath& path);
// Is it so already?
bool is_value(const yaml::Node& node, const YamlValue& value);

}  // namespace oakum::fix::yaml_edit
