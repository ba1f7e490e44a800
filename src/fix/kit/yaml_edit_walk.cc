#include <algorithm>

#include "fix/kit/yaml_edit_plan.h"

namespace oakum::fix::yaml_edit {

namespace {

using yaml::Member;
using yaml::Node;

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string name_of(const YamlPath& path, std::size_t steps) {
  return quoted(to_string(YamlPath(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(steps))));
}

void note_anchor(const View& view, const Node& node, Trail& trail) {
  if (trail.anchor.empty() && node.alias.empty() && !node.anchor.empty() && is_used(view.text, node.anchor.view()))
    trail.anchor = node.anchor.view();
}

std::expected<void, Refusal> take_item(const Node& node, const YamlPath& path, std::size_t i, Trail& trail) {
  const std::size_t index = path[i].index.value_or(0);
  if (node.kind != Node::Kind::sequence || index >= node.items.size())
    return refuse(name_of(path, i + 1) + " is not there");
  trail.nodes.push_back(&node.items[index]);
  trail.members.push_back(nullptr);
  return {};
}

// False: it is not there, and can be made.
std::expected<bool, Refusal> take_key(const Node& node, const YamlPath& path, std::size_t i, Trail& trail) {
  if (node.is_null()) return false;
  if (node.kind != Node::Kind::mapping) return refuse(name_of(path, i) + " is no mapping");
  const Member* member = node.member(path[i].key);
  if (member == nullptr) return false;
  if (!is_own(*member)) {
    trail.merged = &member->value;
    return false;
  }
  trail.nodes.push_back(&member->value);
  trail.members.push_back(member);
  return true;
}

}  // namespace

std::expected<Trail, Refusal> walk(const View& view, const YamlPath& path) {
  Trail trail{.nodes = {&view.root}, .members = {nullptr}, .merged = nullptr, .anchor = {}};
  for (std::size_t i = 0; i < path.size(); ++i) {
    const Node& node = *trail.nodes.back();
    if (!node.alias.empty())
      return refuse(name_of(path, i) + " is the alias *" + std::string(node.alias.view()) +
                    ": change what stands at its anchor, or write it out here");
    note_anchor(view, node, trail);
    if (path[i].index) {
      if (auto taken = take_item(node, path, i, trail); !taken) return std::unexpected(taken.error());
      continue;
    }
    const auto taken = take_key(node, path, i, trail);
    if (!taken) return std::unexpected(taken.error());
    if (!*taken) {
      const bool item_below = std::ranges::any_of(path.begin() + static_cast<std::ptrdiff_t>(i), path.end(),
                                                  [](const YamlStep& step) { return step.index.has_value(); });
      if (item_below) return refuse(name_of(path, path.size()) + " is not there");
      break;
    }
  }
  note_anchor(view, *trail.nodes.back(), trail);
  return trail;
}

}  // namespace oakum::fix::yaml_edit
