#include <algorithm>
#include <optional>

#include "fix/kit/text.h"
#include "fix/kit/yaml_edit_plan.h"

namespace oakum::fix::yaml_edit {

namespace {

using yaml::Member;
using yaml::Node;

struct Bytes {
  std::size_t begin = 0, end = 0;
};

// Whole lines. At the end of a text without final line end, the one before goes with them.
Splice lines_of(std::string_view text, Bytes bytes) {
  std::size_t begin = line_begin(text, bytes.begin);
  if (begin == 0 && text.starts_with("\xEF\xBB\xBF")) begin = 3;
  const std::size_t end = line_end(text, bytes.end);
  const bool last = end == text.size() && !text.ends_with('\n');
  if (last && begin > 0 && text[begin - 1] == '\n') begin = content_line_end(text, line_begin(text, begin - 1));
  return {begin, end, {}};
}

Splices from_block(std::string_view text, Bytes bytes) {
  if (begins_line(text, bytes.begin)) return {lines_of(text, bytes)};
  // Behind a dash: what follows takes its place.
  const std::size_t below = line_end(text, bytes.end);
  const std::size_t next = std::min(text.find_first_not_of(" \t\r\n", below), text.size());
  return {{bytes.begin, next, {}}};
}

// The dash of the item, found from the one before.
std::optional<std::size_t> dash_of(std::string_view text, const Node& list, const Node& item) {
  std::size_t at = list.span.begin;
  for (const Node& other : list.items) {
    if (&other == &item) break;
    at = content_line_end(text, value_end(text, other));
  }
  at = skip_space(text, at);
  return at < text.size() && text[at] == '-' ? std::optional(at) : std::nullopt;
}

// Where the comma before `begin` stands; comments between are passed over from the sibling's end.
std::optional<std::size_t> comma_before(std::string_view text, std::size_t from, std::size_t begin) {
  const std::size_t at = skip_space(text, from);
  return at < begin && text[at] == ',' ? std::optional(at) : std::nullopt;
}

// `before` is where the sibling in front ends, or the place behind the bracket.
Splices from_flow(std::string_view text, Bytes bytes, std::size_t before) {
  const std::size_t next = skip_space(text, bytes.end);
  const bool comma = next < text.size() && text[next] == ',';
  const std::size_t behind = comma ? next + 1 : bytes.end;
  const bool own_lines = begins_line(text, bytes.begin) && ends_line(text, behind);
  Splices result;
  if (!comma) {
    // The last one takes the comma in front.
    if (const auto found = comma_before(text, before, bytes.begin)) {
      if (!own_lines) return {{*found, bytes.end, {}}};
      result.push_back({*found, *found + 1, {}});
    }
  }
  if (own_lines) {
    result.push_back({line_begin(text, bytes.begin), line_end(text, behind), {}});
    return result;
  }
  const std::size_t end = std::min(text.find_first_not_of(" \t", behind), text.size());
  result.push_back({bytes.begin, comma ? end : bytes.end, {}});
  return result;
}

std::size_t sibling_end(std::string_view text, const Node& parent, std::size_t begin) {
  std::size_t end = parent.span.begin + 1;
  for (const Node& item : parent.items) {
    if (item.span.end <= begin && item.span.begin < begin) end = std::max<std::size_t>(end, item.span.end);
  }
  for (const Member& member : parent.members) {
    if (is_own(member) && member.key_span.begin < begin) end = std::max(end, member_end(text, member));
  }
  return end;
}

}  // namespace

Planned plan_remove(const View& view, const Trail& trail, std::size_t steps) {
  const std::string_view text = view.text;
  const Node& parent = *trail.nodes[steps - 1];
  const Node& node = *trail.nodes[steps];
  const Member* member = trail.members[steps];
  if (const auto anchor = used_anchor_in(text, node); !anchor.empty())
    return refuse("the anchor &" + std::string(anchor) + " in it is used elsewhere");
  Bytes bytes{node.span.begin, value_end(text, node)};
  if (member != nullptr) bytes = {member->key_span.begin, member_end(text, *member)};
  if (parent.style == Node::Style::flow) return from_flow(text, bytes, sibling_end(text, parent, bytes.begin));
  if (member == nullptr) {
    const auto dash = dash_of(text, parent, node);
    if (!dash) return refuse("the item's dash was not found");
    bytes.begin = *dash;
  }
  return from_block(text, bytes);
}

}  // namespace oakum::fix::yaml_edit
