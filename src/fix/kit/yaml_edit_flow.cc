// Inside [ ] and { }.
#include <algorithm>

#include "fix/kit/text.h"
#include "fix/kit/yaml_edit_plan.h"

namespace oakum::fix::yaml_edit {

namespace {

using yaml::Member;
using yaml::Node;

struct Child {
  std::size_t begin = 0, end = 0;
};

std::optional<Child> last_written(std::string_view text, const Node& node) {
  std::optional<Child> last;
  const auto take = [&](std::size_t begin, std::size_t end) {
    if (!last || end >= last->end) last = Child{begin, end};
  };
  for (const Node& item : node.items) take(item.span.begin, item.span.end);
  for (const Member& member : node.members) {
    if (is_own(member)) take(member.key_span.begin, member_end(text, member));
  }
  return last;
}

}  // namespace

Splices flow_insertion(std::string_view text, const Node& node, const std::string& added) {
  const std::size_t inside = node.span.begin + 1;
  const auto last = last_written(text, node);
  if (!last) {
    // Nothing, or merge keys alone.
    const bool empty = skip_space(text, inside) + 1 >= node.span.end;
    return {{inside, inside, empty ? added : added + ", "}};
  }
  const std::size_t next = skip_space(text, last->end);
  const bool comma = next < text.size() && text[next] == ',';
  const std::size_t behind = comma ? next + 1 : last->end;
  const bool own_line = begins_line(text, last->begin) && line_begin(text, last->begin) > node.span.begin;
  if (!own_line || !ends_line(text, behind)) return {{last->end, last->end, ", " + added}};
  // A line of its own, below: a comment behind the last one stays with it.
  const std::size_t line = content_line_end(text, behind);
  std::string below(line_end_of(text));
  below.append(indent_at(text, last->begin)).append(added);
  if (comma) return {{line, line, below + ","}};
  if (line == last->end) return {{line, line, "," + below}};
  return {{last->end, last->end, ","}, {line, line, below}};
}

}  // namespace oakum::fix::yaml_edit
