#include "fix/kit/yaml_edit_patch.h"

#include <algorithm>
#include <vector>

#include "fix/kit/yaml_edit_check.h"
#include "fix/kit/yaml_edit_place.h"

namespace oakum::fix::yaml_edit {

namespace {

using yaml::Member;
using yaml::Node;

struct Shift {
  std::size_t from = 0;  // what begins before it stays
  std::ptrdiff_t bytes = 0, lines = 0;
};

std::uint32_t moved(std::uint32_t number, std::ptrdiff_t by) {
  return static_cast<std::uint32_t>(static_cast<std::ptrdiff_t>(number) + by);
}

void move_end(Span& span, const Shift& shift) {
  span.end = moved(span.end, shift.bytes);
  span.end_line = moved(span.end_line, shift.lines);
}

void move(Span& span, const Shift& shift) {
  if (span.begin < shift.from) return;
  span.begin = moved(span.begin, shift.bytes);
  span.line = moved(span.line, shift.lines);
  move_end(span, shift);
}

// The parser bounds the depth.
void move(Node& node, const Shift& shift) {
  move(node.span, shift);
  for (Node& item : node.items) move(item, shift);
  for (Member& member : node.members) {
    move(member.key_span, shift);
    move(member.value, shift);
  }
}

// The span that ends last of what is written in a collection.
const Span& last_span(const Node& node) {
  const Span* last = &node.span;
  std::uint32_t end = 0;
  const auto take = [&](const Span& span) {
    if (span.end < end) return;
    last = &span;
    end = span.end;
  };
  for (const Node& item : node.items) take(item.span);
  for (const Member& member : node.members) {
    if (!is_own(member)) continue;
    take(member.key_span);
    take(member.value.span);
  }
  return *last;
}

bool ends_with_nothing(const Node& node) {
  const Span& last = last_span(node);
  return last.begin == last.end;
}

struct Around {
  Node* node;
  bool ends_with_children;  // and not with a merge key
};

}  // namespace

bool apply_patch(yaml::Documents& documents, std::size_t document, const Patch& patch) {
  std::vector<Around> around;
  Node* at = &documents.roots[document];
  for (const YamlStep& step : patch.path) {
    if (ends_with_nothing(*at)) return false;
    around.push_back({at, at->span.end == last_span(*at).end});
    at = child(*at, step);
    if (at == nullptr) return false;
  }
  const Member* member = patch.path.back().index ? nullptr : around.back().node->member(patch.path.back().key);
  const std::uint32_t line = member != nullptr ? member->key_span.line : at->span.line;
  const Shift behind{patch.end, patch.more_bytes, patch.more_lines};
  for (Node& root : documents.roots) move(root, behind);
  for (Span& span : documents.spans) {
    if (span.begin < patch.end && span.end >= patch.end) move_end(span, behind);
    move(span, behind);
  }
  *at = patch.now;
  move(*at, {0, static_cast<std::ptrdiff_t>(patch.begin), static_cast<std::ptrdiff_t>(line) - 1});
  for (auto outer = around.rbegin(); outer != around.rend(); ++outer) {
    Span& span = outer->node->span;
    if (ends_with_nothing(*outer->node)) return false;
    if (!outer->ends_with_children) {
      move_end(span, behind);
      continue;
    }
    const Span& last = last_span(*outer->node);
    span.end = last.end;
    span.end_line = last.end_line;
    span.end_column = last.end_column;
  }
  return true;
}

}  // namespace oakum::fix::yaml_edit
