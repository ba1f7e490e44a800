#include "fix/kit/yaml_edit_check.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "fix/kit/yaml_edit_place.h"

namespace oakum::fix::yaml_edit {

namespace {

using yaml::Member;
using yaml::Node;

bool is_string(const Node& node) {
  return node.style != Node::Style::plain || node.tag.view() == "!!str" || node.tag.view() == "!" ||
         !is_special_word(node.scalar);
}

std::vector<const Member*> own(const Node& node) {
  std::vector<const Member*> result;
  for (const Member& member : node.members) {
    if (is_own(member)) result.push_back(&member);
  }
  return result;
}

bool same_members(const Node& wanted, const Node& is, bool merges) {
  const std::vector<const Member*> a = own(wanted);
  const std::vector<const Member*> b = own(is);
  const bool equal = std::ranges::equal(
      a, b, [&](const Member* x, const Member* y) { return x->key == y->key && same(x->value, y->value, merges); });
  if (!equal || !merges) return equal;
  return std::ranges::all_of(wanted.members,
                             [&](const Member& member) { return is_own(member) || is.member(member.key) != nullptr; });
}

Node* child(Node& node, const YamlStep& step) {
  if (step.index) return *step.index < node.items.size() ? &node.items[*step.index] : nullptr;
  const auto found = std::ranges::find(node.members, step.key, &Member::key);
  return found == node.members.end() || !is_own(*found) ? nullptr : &found->value;
}

}  // namespace

void expect_set(Node& root, const YamlPath& path, const YamlValue& value) {
  Node* at = &root;
  for (const YamlStep& step : path) {
    Node* next = child(*at, step);
    if (next == nullptr) {
      if (at->is_null()) {
        at->kind = Node::Kind::mapping;
        at->scalar.clear();
      }
      // A merged key of that name gives way.
      std::erase_if(at->members, [&](const Member& member) { return member.key == step.key; });
      at->members.push_back({step.key, {}, {}});
      next = &at->members.back().value;
    }
    at = next;
  }
  Node made = to_node(value);
  if (at->alias.empty()) {
    made.anchor = at->anchor;
    made.tag = at->tag;
  }
  *at = std::move(made);
}

void expect_removed(Node& root, const YamlPath& path, std::size_t steps) {
  Node* at = &root;
  for (std::size_t i = 0; i + 1 < steps && at != nullptr; ++i) at = child(*at, path[i]);
  if (at == nullptr) return;
  const YamlStep& last = path[steps - 1];
  if (last.index) {
    if (*last.index < at->items.size()) at->items.erase(at->items.begin() + static_cast<std::ptrdiff_t>(*last.index));
    return;
  }
  std::erase_if(at->members, [&](const Member& member) { return member.key == last.key; });
}

bool same(const Node& wanted, const Node& is, bool merges) {
  if (wanted.alias.view() != is.alias.view()) return false;
  if (!wanted.alias.empty()) return true;
  if (wanted.kind != is.kind || wanted.tag.view() != is.tag.view() || wanted.anchor.view() != is.anchor.view())
    return false;
  switch (wanted.kind) {
    case Node::Kind::null:
      return true;
    case Node::Kind::scalar:
      return wanted.scalar == is.scalar && is_string(wanted) == is_string(is);
    case Node::Kind::sequence:
      return std::ranges::equal(wanted.items, is.items,
                                [&](const Node& a, const Node& b) { return same(a, b, merges); });
    case Node::Kind::mapping:
      break;
  }
  return same_members(wanted, is, merges);
}

bool is_value(const Node& node, const YamlValue& value) {
  Node wanted = to_node(value);
  wanted.tag = node.tag;
  wanted.anchor = node.anchor;
  wanted.alias = node.alias;
  return node.alias.empty() && same(wanted, node, false);
}

}  // namespace oakum::fix::yaml_edit
