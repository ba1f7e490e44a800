#include <algorithm>
#include <array>

#include "yaml/yaml.h"

namespace oakum::yaml {

namespace {

using Words = std::array<std::string_view, 9>;
constexpr Words kTrue{"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"};
constexpr Words kFalse{"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"};

bool is_plain_word(const Node& node, const Words& words) {
  if (node.kind != Node::Kind::scalar || node.style != Node::Style::plain || node.tag == "!!str") return false;
  return std::ranges::find(words, node.scalar) != words.end();
}

}  // namespace

const Member* Node::member(std::string_view key) const {
  const auto found = std::ranges::find(members, key, &Member::key);
  return found == members.end() ? nullptr : &*found;
}

const Node* Node::find(std::string_view key) const {
  const Member* found = member(key);
  return found == nullptr ? nullptr : &found->value;
}

bool Node::is_null() const { return kind == Kind::null; }
bool Node::is_true() const { return is_plain_word(*this, kTrue); }
bool Node::is_false() const { return is_plain_word(*this, kFalse); }

std::vector<std::string> Node::strings() const {
  if (kind == Kind::scalar) return {scalar};
  std::vector<std::string> result;
  for (const Node& item : items) {
    if (item.kind == Kind::scalar) result.push_back(item.scalar);
  }
  return result;
}

}  // namespace oakum::yaml
