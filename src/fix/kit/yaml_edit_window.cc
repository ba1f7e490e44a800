#include "fix/kit/yaml_edit_window.h"

#include <algorithm>

#include "fix/kit/text.h"
#include "fix/kit/yaml_edit_check.h"

namespace oakum::fix::yaml_edit {

namespace {

using yaml::Member;
using yaml::Node;

// Where a key or item begins: its line, and the byte behind the key or dash.
struct Head {
  std::size_t line = 0, end = 0;
};

// nullopt: something else stands before it on its line.
std::optional<Head> head_of(std::string_view text, const Member& member) {
  if (!begins_line(text, member.key_span.begin)) return std::nullopt;
  return Head{line_begin(text, member.key_span.begin), member.key_span.end};
}

std::optional<Head> head_of(std::string_view text, const Node& item) {
  const std::size_t line = line_begin(text, item.span.begin);
  const std::size_t dash = text.find_first_not_of(' ', line);
  if (dash >= item.span.begin || text[dash] != '-' || text.find_first_not_of(' ', dash + 1) != item.span.begin)
    return std::nullopt;
  return Head{line, dash + 1};
}

// Where what follows in the same collection begins, or `end`.
std::optional<std::size_t> next_line(std::string_view text, const Node& parent, const Member& member, std::size_t end) {
  const auto at = parent.members.begin() + (&member - parent.members.data());
  const auto next = std::find_if(at + 1, parent.members.end(), is_own);
  if (next == parent.members.end()) return end;
  const auto head = head_of(text, *next);
  return head ? std::optional(head->line) : std::nullopt;
}

std::optional<std::size_t> next_line(std::string_view text, const Node& parent, const Node& item, std::size_t end) {
  const auto next = parent.items.begin() + (&item - parent.items.data()) + 1;
  if (next == parent.items.end()) return end;
  const auto head = head_of(text, *next);
  return head ? std::optional(head->line) : std::nullopt;
}

bool is_self_contained(const Node& node) {
  return node.anchor.empty() && node.alias.empty() && !node.merged &&
         std::ranges::all_of(node.items, is_self_contained) &&
         std::ranges::all_of(node.members, [](const Member& member) { return is_self_contained(member.value); });
}

std::size_t depth(const Node& node) {
  std::size_t deepest = 0;
  for (const Node& item : node.items) deepest = std::max(deepest, depth(item));
  for (const Member& member : node.members) deepest = std::max(deepest, depth(member.value));
  return deepest + (is_collection(node) ? 1U : 0U);
}

}  // namespace

std::optional<Window> find_window(std::string_view text, const Trail& trail, const Splices& splices,
                                  const Span& document) {
  std::optional<Window> found;
  std::size_t end = document.end;
  for (std::size_t i = 1; i <= trail.steps() && is_block(*trail.nodes[i - 1]); ++i) {
    const Node& parent = *trail.nodes[i - 1];
    const Member* member = trail.members[i];
    const Node& node = *trail.nodes[i];
    const auto head = member != nullptr ? head_of(text, *member) : head_of(text, node);
    const auto next = member != nullptr ? next_line(text, parent, *member, end) : next_line(text, parent, node, end);
    if (!head || !next || *next <= head->line || *next > end) break;
    end = *next;
    const auto is_inside = [&](const Splice& splice) { return splice.begin >= head->end && splice.end <= end; };
    if (!std::ranges::all_of(splices, is_inside)) break;
    found = Window{i, head->line, end};
  }
  if (found && !is_self_contained(*trail.nodes[found->steps])) return std::nullopt;
  return found;
}

Node only(const Trail& trail, const Window& window) {
  const Member* member = trail.members[window.steps];
  Node parent;
  parent.kind = member != nullptr ? Node::Kind::mapping : Node::Kind::sequence;
  if (member != nullptr) {
    parent.members.push_back(*member);
  } else {
    parent.items.push_back(*trail.nodes[window.steps]);
  }
  return parent;
}

std::optional<Node> read(std::string_view lines, std::size_t steps, const Node& wanted) {
  auto documents = yaml::parse_all("", lines);
  if (!documents || documents->roots.size() != 1) return std::nullopt;
  Node& root = documents->roots.front();
  if (steps - 1 + depth(root) > yaml::kMaxDepth || !same_text(wanted, root)) return std::nullopt;
  return std::move(root.items.empty() ? root.members.front().value : root.items.front());
}

}  // namespace oakum::fix::yaml_edit
