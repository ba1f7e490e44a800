#include "fix/kit/yaml_edit_place.h"

#include <algorithm>

#include "fix/kit/text.h"

namespace oakum::fix::yaml_edit {

namespace {

using yaml::Member;
using yaml::Node;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t";

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  const std::size_t found = text.find_first_not_of(kBlanks, at);
  return found == std::string_view::npos ? text.size() : found;
}

// Of what is written here; nullptr when nothing is. Behind it may still stand a merge key.
const Node* last_child(const Node& node) {
  const Node* last = nullptr;
  const auto take = [&](const Node& child) {
    if (last == nullptr || child.span.end >= last->span.end) last = &child;
  };
  for (const Node& item : node.items) take(item);
  for (const Member& member : node.members) {
    if (is_own(member)) take(member.value);
  }
  return last;
}

// The parser's span leaves out, or takes in, empty lines behind: with "+" they belong to the text.
std::size_t block_scalar_end(std::string_view text, const Node& node) {
  const std::string_view whole = text.substr(0, node.span.end);
  const std::size_t last = whole.find_last_not_of(" \t\r\n");
  std::size_t end = content_line_end(text, std::max<std::size_t>(last, node.span.begin));
  const std::string_view header = text.substr(node.span.begin, 3);
  if (header.substr(0, header.find_first_of(" \r\n#")).find('+') == std::string_view::npos) return end;
  while (true) {
    const std::size_t next = line_end(text, end);
    const std::size_t first = skip_blanks(text, next);
    const bool empty = first >= text.size() || text[first] == '\n' || text[first] == '\r';
    if (next >= text.size() || !empty) return end;
    end = content_line_end(text, next);
    if (line_end(text, end) == end) return end;
  }
}

struct Steps {
  std::size_t map = 0, list = 0;
  bool has_map = false, has_list = false;
  bool complete() const { return has_map && has_list; }
};

// The first block mapping and list below keys of block mappings.
void look(std::string_view text, const Node& node, Steps& steps) {
  if (!is_block(node)) return;
  const std::size_t here = column(text, node.span.begin);
  for (const Member& member : node.members) {
    if (steps.complete()) return;
    const Node& value = member.value;
    if (!is_own(member) || !is_block(value)) continue;
    const std::size_t there = column(text, value.span.begin);
    if (there < here || !begins_line(text, value.span.begin)) continue;
    if (value.kind == Node::Kind::sequence && !steps.has_list) {
      steps.list = there - here;
      steps.has_list = true;
    } else if (value.kind == Node::Kind::mapping && !steps.has_map && there > here) {
      steps.map = there - here;
      steps.has_map = true;
    }
    look(text, value, steps);
  }
  for (const Node& item : node.items) {
    if (steps.complete()) return;
    look(text, item, steps);
  }
}

}  // namespace

std::size_t column(std::string_view text, std::size_t at) {
  const std::size_t begin = line_begin(text, at);
  const bool marked = begin == 0 && text.starts_with(kByteOrderMark) && at >= kByteOrderMark.size();
  return at - begin - (marked ? kByteOrderMark.size() : 0);
}

std::size_t content_line_end(std::string_view text, std::size_t at) {
  const std::size_t newline = text.find('\n', at);
  if (newline == std::string_view::npos) return text.size();
  return newline > at && text[newline - 1] == '\r' ? newline - 1 : newline;
}

bool begins_line(std::string_view text, std::size_t at) {
  const std::size_t begin = line_begin(text, at);
  const std::size_t first = text.find_first_not_of(kBlanks, begin);
  if (first == at) return true;
  return begin == 0 && text.starts_with(kByteOrderMark) && skip_blanks(text, kByteOrderMark.size()) == at;
}

bool ends_line(std::string_view text, std::size_t at) {
  const std::size_t next = skip_blanks(text, at);
  return next >= text.size() || text[next] == '\n' || text[next] == '\r' || (text[next] == '#' && next > at) ||
         (text[next] == '#' && begins_line(text, next));
}

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
    if (at >= text.size() || text[at] != '#') break;
    at = std::min(text.find('\n', at), text.size());
  }
  return at;
}

std::size_t value_end(std::string_view text, const Node& node) {
  const Node* at = &node;
  while (is_block(*at)) {
    const Node* last = last_child(*at);
    if (last == nullptr || last->span.end < at->span.end) return at->span.end;
    at = last;
  }
  const bool lines = at->style == Node::Style::literal || at->style == Node::Style::folded;
  return lines && at->alias.empty() && at->kind == Node::Kind::scalar ? block_scalar_end(text, *at) : at->span.end;
}

std::size_t member_end(std::string_view text, const Member& member) {
  return std::max<std::size_t>(member.key_span.end, value_end(text, member.value));
}

std::optional<std::size_t> colon_of(std::string_view text, const Member& member) {
  const std::size_t at = skip_blanks(text, member.key_span.end);
  if (at < text.size() && text[at] == ':') return at;
  return std::nullopt;
}

bool is_own(const Member& member) { return !member.value.merged; }

bool is_collection(const Node& node) { return node.kind == Node::Kind::sequence || node.kind == Node::Kind::mapping; }

bool is_block(const Node& node) {
  return is_collection(node) && node.style == Node::Style::block && node.alias.empty();
}

bool is_used(std::string_view text, std::string_view anchor) {
  const std::string alias = "*" + std::string(anchor);
  for (std::size_t at = text.find(alias); at != std::string_view::npos; at = text.find(alias, at + 1)) {
    const std::size_t end = at + alias.size();
    if (end >= text.size() || std::string_view(" \t\r\n,[]{}:").find(text[end]) != std::string_view::npos) return true;
  }
  return false;
}

std::string_view used_anchor_in(std::string_view text, const Node& node) {
  if (!node.alias.empty()) return {};
  if (!node.anchor.empty() && is_used(text, node.anchor.view())) return node.anchor.view();
  for (const Node& item : node.items) {
    if (const auto found = used_anchor_in(text, item); !found.empty()) return found;
  }
  for (const Member& member : node.members) {
    if (!is_own(member)) continue;
    if (const auto found = used_anchor_in(text, member.value); !found.empty()) return found;
  }
  return {};
}

YamlManner manner_of(const View& view, const Node& near) {
  Steps steps;
  look(view.text, near, steps);
  look(view.text, view.root, steps);
  YamlManner manner;
  if (steps.has_map) manner.step = steps.map;
  manner.list_step = steps.has_list ? steps.list : manner.step;
  manner.line_end = line_end_of(view.text);
  const Node& root = view.root;
  const bool quoted = root.members.empty() || view.text.substr(root.members.front().key_span.begin).starts_with('"');
  manner.json = root.kind == Node::Kind::mapping && root.style == Node::Style::flow && quoted;
  return manner;
}

}  // namespace oakum::fix::yaml_edit
