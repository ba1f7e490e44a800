#include <utility>

#include "fix/kit/text.h"
#include "fix/kit/yaml_edit_plan.h"

namespace oakum::fix::yaml_edit {

namespace {

using yaml::Member;
using yaml::Node;

bool is_inline(const YamlValue& value) { return value.is_scalar() || value.is_empty(); }

// Mappings around `value` for the steps that are missing behind the first of them.
YamlValue wrapped(const YamlPath& path, std::size_t from, YamlValue value) {
  for (std::size_t i = path.size(); i > from; --i) value = YamlValue::map({{path[i - 1].key, std::move(value)}});
  return value;
}

std::string inline_text(const YamlValue& value, const Node& old, const YamlManner& manner, bool in_flow) {
  if (value.kind != YamlValue::Kind::string || manner.json || old.kind != Node::Kind::scalar)
    return value.kind == YamlValue::Kind::string && !in_flow && !manner.json
               ? quoted_scalar(value.text, Node::Style::plain, false)
               : flow_text(value, manner);
  return quoted_scalar(value.text, old.style, in_flow);
}

bool is_nothing(const Node& node) { return node.is_null() && node.span.begin == node.span.end; }

// The end of what stands before a value, blanks and line ends passed over.
std::size_t end_before(std::string_view text, std::size_t at) {
  const std::size_t last = text.substr(0, at).find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? 0 : last + 1;
}

Planned in_flow(const View& view, const Member* member, const Node& node, const std::string& text) {
  if (!is_nothing(node)) return Splices{{node.span.begin, node.span.end, text}};
  const bool bare = member != nullptr && !colon_of(view.text, *member);
  return Splices{{node.span.begin, node.span.end, (bare ? ": " : " ") + text}};
}

// Behind the key's colon, or the item's dash, on the same line.
Planned to_inline(const View& view, const Member* member, const Node& node, const std::string& text) {
  if (is_nothing(node)) return Splices{{node.span.begin, node.span.begin, " " + text}};
  const std::size_t end = value_end(view.text, node);
  if (!is_block(node) || member == nullptr) return Splices{{node.span.begin, end, text}};
  const auto colon = colon_of(view.text, *member);
  if (!colon) return refuse("the key is written with a question mark");
  const std::size_t line = content_line_end(view.text, *colon);
  return Splices{{*colon + 1, *colon + 1, " " + text}, {line, content_line_end(view.text, end), {}}};
}

Planned member_to_block(const View& view, const Node& parent, const Member& member, const Node& node,
                        const YamlValue& value, const YamlManner& manner) {
  const std::size_t here = column(view.text, parent.span.begin);
  const std::size_t below = here + (value.kind == YamlValue::Kind::sequence ? manner.list_step : manner.step);
  const std::string lines = std::string(below, ' ') + block_text(value, below, manner);
  if (is_nothing(node))
    return Splices{lines_after(content_line_end(view.text, node.span.begin), lines, manner.line_end)};
  const std::size_t end = value_end(view.text, node);
  if (is_block(node)) {
    const std::size_t line = content_line_end(view.text, member.key_span.end);
    return Splices{{line, content_line_end(view.text, end), std::string(manner.line_end) + lines}};
  }
  const std::size_t line = content_line_end(view.text, end);
  return Splices{{end_before(view.text, node.span.begin), end, {}}, lines_after(line, lines, manner.line_end)};
}

Planned item_to_block(const View& view, const Node& parent, const Node& node, const YamlValue& value,
                      const YamlManner& manner) {
  const std::size_t below = column(view.text, parent.span.begin) + 2;
  const std::string text = block_text(value, below, manner);
  if (is_nothing(node)) return Splices{{node.span.begin, node.span.begin, " " + text}};
  if (column(view.text, node.span.begin) != below) return refuse("the item is indented in a way that is not edited");
  return Splices{{node.span.begin, value_end(view.text, node), text}};
}

// Are the keys of this mapping parted by empty lines?
bool has_gaps(std::string_view text, const Node& root) {
  const Member* last = nullptr;
  std::size_t own = 0;
  for (const Member& member : root.members) {
    if (!is_own(member)) continue;
    ++own;
    if (last == nullptr || member.key_span.begin > last->key_span.begin) last = &member;
  }
  if (own < 2) return false;
  std::size_t line = line_begin(text, last->key_span.begin);
  while (line > 0) {
    const std::size_t above = line_begin(text, line - 1);
    const std::size_t first = text.find_first_not_of(" \t", above);
    if (text[first] != '#') return text[first] == '\n' || text[first] == '\r';
    line = above;
  }
  return false;
}

Planned new_member(const View& view, const Node& parent, std::string_view key, const YamlValue& value) {
  const YamlManner manner = manner_of(view, parent);
  if (parent.style == Node::Style::flow) return flow_insertion(view.text, parent, flow_member(key, value, manner));
  const std::size_t at = content_line_end(view.text, value_end(view.text, parent));
  const std::size_t here = column(view.text, parent.span.begin);
  std::string lines = std::string(here, ' ') + block_member(key, value, here, manner);
  const bool is_large = &parent == &view.root || (value.kind == YamlValue::Kind::mapping && value.members.size() > 1);
  if (is_large && !is_inline(value) && has_gaps(view.text, parent)) lines.insert(0, manner.line_end);
  return Splices{lines_after(at, std::move(lines), manner.line_end)};
}

}  // namespace

Splice lines_after(std::size_t at, std::string lines, std::string_view line_end) {
  lines.insert(0, line_end);
  return {at, at, std::move(lines)};
}

Planned replacement(const View& view, const Node& parent, const Member* member, const Node& node,
                    const YamlValue& value) {
  const YamlManner manner = manner_of(view, parent);
  if (const auto anchor = used_anchor_in(view.text, node);
      !anchor.empty() && !(value.is_scalar() && !is_collection(node)))
    return refuse("the anchor &" + std::string(anchor) + " in it is used elsewhere");
  if (is_collection(node) && node.alias.empty() && !(node.anchor.empty() && node.tag.empty()))
    return refuse("it has an anchor or a tag");
  if (parent.style == Node::Style::flow) return in_flow(view, member, node, inline_text(value, node, manner, true));
  if (is_inline(value)) return to_inline(view, member, node, inline_text(value, node, manner, false));
  if (member != nullptr) return member_to_block(view, parent, *member, node, value, manner);
  return item_to_block(view, parent, node, value, manner);
}

Planned plan_set(const View& view, const Trail& trail, const YamlPath& path, const YamlValue& value) {
  const std::size_t steps = trail.steps();
  const Node& node = *trail.nodes.back();
  if (steps == path.size()) {
    if (steps == 0) return refuse("the whole document is not replaced");
    return replacement(view, *trail.nodes[steps - 1], trail.members.back(), node, value);
  }
  // `securityContext: {}` among blocks becomes one: braces were only there for want of anything to say.
  const bool is_bare = node.members.empty() && node.anchor.empty() && node.tag.empty() && node.alias.empty() &&
                       node.span.end == node.span.begin + 2;
  if (node.kind == Node::Kind::mapping && steps > 0 && is_bare && trail.members.back() != nullptr &&
      trail.nodes[steps - 1]->style != Node::Style::flow)
    return replacement(view, *trail.nodes[steps - 1], trail.members.back(), node, wrapped(path, steps, value));
  if (node.kind == Node::Kind::mapping) {
    if (!node.members.empty() || node.style == Node::Style::flow)
      return new_member(view, node, path[steps].key, wrapped(path, steps + 1, value));
  }
  if (!node.is_null() || steps == 0) return refuse("there is no mapping to put it in");
  return replacement(view, *trail.nodes[steps - 1], trail.members.back(), node, wrapped(path, steps, value));
}

Planned plan_append(const View& view, const Trail& trail, const YamlValue& item) {
  const Node& node = *trail.nodes.back();
  const YamlManner manner = manner_of(view, *trail.nodes[trail.nodes.size() > 1 ? trail.nodes.size() - 2 : 0]);
  if (node.style == Node::Style::flow) return flow_insertion(view.text, node, flow_text(item, manner));
  const std::size_t here = column(view.text, node.span.begin);
  const std::size_t at = content_line_end(view.text, value_end(view.text, node));
  return Splices{lines_after(at, std::string(here, ' ') + block_item(item, here, manner), manner.line_end)};
}

}  // namespace oakum::fix::yaml_edit
