// Works out the bytes of one operation of a YamlEditor. Whether the outcome is what was asked for is checked afterwards
// on the tree: these may be wrong about odd texts, and then nothing happens.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "fix/kit/remedy.h"
#include "fix/kit/yaml_edit.h"
#include "fix/kit/yaml_edit_place.h"

namespace oakum::fix::yaml_edit {

using Splices = std::vector<Splice>;
using Planned = std::expected<Splices, Refusal>;

// The nodes along a path as far as they exist: nodes[0] is the root, nodes[i] what the first i steps lead to.
struct Trail {
  std::vector<const yaml::Node*> nodes;
  std::vector<const yaml::Member*> members;  // members[i] holds nodes[i]; nullptr for items and the root
  const yaml::Node* merged = nullptr;        // what the step behind the last leads to, when a merge key brings it
  std::string_view anchor;                   // the first on the way that an alias uses; "" none
  std::size_t steps() const { return nodes.size() - 1; }
};

// Refused where a step cannot be taken, or leads into an alias.
std::expected<Trail, Refusal> walk(const View& view, const YamlPath& path);

Planned plan_set(const View& view, const Trail& trail, const YamlPath& path, const YamlValue& value);
Planned plan_append(const View& view, const Trail& trail, const YamlValue& item);
// Takes away nodes[steps], which is written there.
Planned plan_remove(const View& view, const Trail& trail, std::size_t steps);

// Lines put behind the line that ends with `at`, an offset without its line end.
Splice lines_after(std::size_t at, std::string lines, std::string_view line_end);
// `text` as one more between the brackets of a flow collection.
Splices flow_insertion(std::string_view text, const yaml::Node& node, const std::string& added);
// The value of a member or item of `parent` becomes another.
Planned replacement(const View& view, const yaml::Node& parent, const yaml::Member* member, const yaml::Node& node,
                    const YamlValue& value);

}  // namespace oakum::fix::yaml_edit
