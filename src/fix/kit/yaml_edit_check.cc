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

bool same_members(const Node& wanted, const Node& is) {
  return std::ranges::equal(own(wanted), own(is), [](const Member* x, const Member* y) {
    return x->key == y->key && same_text(x->value, y->value);
  });
}

std::vector<const Member*> sorted(const Node& node) {
  std::vector<const Member*> result;
  for (const Member& member : node.members) result.push_back(&member);
  std::ranges::sort(result, {}, [](const Member* member) -> const std::string& { return member->key; });
  return result;
}

}  // namespace

Node* child(Node& node, const YamlStep& step) {
  if (step.index) return *step.index < node.items.size() ? &node.items[*step.index] : nullptr;
  const auto found = std::ranges::find(node.members, step.key, &Member::key);
  return found == node.members.end() || !is_own(*found) ? nullptr : &found->value;
}

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

void expect_appended(Node& root, const YamlPath& path, const YamlValue& item) {
  Node* at = &root;
  for (std::size_t i = 0; i < path.size() && at != nullptr; ++i) at = child(*at, path[i]);
  if (at != nullptr) at->items.push_back(to_node(item));
}

void expect_removed(Node& root, const YamlPath& path) {
  Node* at = &root;
  for (std::size_t i = 0; i + 1 < path.size() && at != nullptr; ++i) at = child(*at, path[i]);
  if (at == nullptr) return;
  const YamlStep& last = path.back();
  if (last.index) {
    if (*last.index < at->items.size()) at->items.erase(at->items.begin() + static_cast<std::ptrdiff_t>(*last.index));
    return;
  }
  std::erase_if(at->members, [&](const Member& member) { return member.key == last.key; });
}

bool same_text(const Node& wanted, const Node& is) {
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
      return std::ranges::equal(wanted.items, is.items, same_text);
    case Node::Kind::mapping:
      break;
  }
  return same_members(wanted, is);
}

bool same_meaning(const Node& wanted, const Node& is) {
  if (wanted.kind != is.kind || wanted.scalar != is.scalar) {
    // "~" and nothing are the same null.
    return wanted.is_null() && is.is_null();
  }
  return std::ranges::equal(wanted.items, is.items, same_meaning) &&
         std::ranges::equal(sorted(wanted), sorted(is), [](const Member* a, const Member* b) {
           return a->key == b->key && same_meaning(a->value, b->value);
         });
}

void adopt_merged(Node& wanted, const Node& is, const YamlPath& path) {
  Node* to = &wanted;
  const Node* from = &is;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    to = child(*to, path[i]);
    from = path[i].index ? (*path[i].index < from->items.size() ? &from->items[*path[i].index] : nullptr)
                         : from->find(path[i].key);
    if (to == nullptr || from == nullptr) return;
  }
  const Member* merged = path.empty() || path.back().index ? nullptr : from->member(path.back().key);
  if (merged != nullptr && !is_own(*merged)) to->members.push_back(*merged);
}

bool is_value(const Node& node, const YamlValue& value) {
  Node wanted = to_node(value);
  wanted.tag = node.tag;
  wanted.anchor = node.anchor;
  wanted.alias = node.alias;
  return node.alias.empty() && same_text(wanted, node);
}

}  // namespace oakum::fix::yaml_edit
