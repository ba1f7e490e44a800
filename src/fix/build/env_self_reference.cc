#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "fix/build/edit.h"
#include "fix/build/place.h"
#include "fix/kit/text.h"

namespace oakum::fix::build {

namespace {

// The name behind the dollar sign of what stands there: "$A", "${A:-x}".
std::string_view name_in(std::string_view use) {
  if (!use.starts_with('$')) return {};
  use.remove_prefix(use.starts_with("${") ? 2 : 1);
  const auto end = std::ranges::find_if_not(use, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
  return use.substr(0, static_cast<std::size_t>(end - use.begin()));
}

bool is_gap(std::string_view text, char escape) {
  return std::ranges::all_of(text,
                             [&](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == escape; });
}

// `ENV A=1 B=$A/x`: the ENV ends before B, and another one goes on.
Planned split_before(const Place& place, std::size_t index) {
  const auto& all = place.at->assignments;
  const std::string_view text = place.source->text;
  const std::size_t begin = all[index - 1].span.end;
  const std::size_t end = all[index].span.begin;
  if (!is_gap(text.substr(begin, end - begin), place.file->escape))
    return refuse("a comment stands among the variables: split the ENV by hand");
  return answer(replace(*place.source, begin, end,
                        std::string(line_end_of(text)) + std::string(indent_at(text, place.outer->span.begin)) +
                            place.at->spelling + " "));
}

// `ENV B=$A/x A=1`: A gets an ENV of its own before.
Planned move_up(const Place& place, std::size_t index) {
  const auto& all = place.at->assignments;
  const std::size_t begin = all[index - 1].span.end;
  const std::size_t end = all[index].span.end;
  const std::string_view raw = place.raw(all[index].span);
  if (raw.find('\n') != std::string_view::npos ||
      !is_gap(std::string_view(place.source->text).substr(begin, all[index].span.begin - begin), place.file->escape))
    return refuse("its lines cannot be taken apart: split the ENV by hand");
  return answer({lines_before(place, *place.outer, place.at->spelling + " " + std::string(raw)),
                 remove(*place.source, begin, end)});
}

Planned plan(const Place& place, const Finding& finding, const Context&) {
  const auto& all = place.at->assignments;
  const auto holder = std::ranges::find_if(all, [&](const Assignment& a) {
    return a.span.begin <= finding.origin.span.begin && finding.origin.span.end <= a.span.end;
  });
  const std::string_view name = name_in(place.raw(finding.origin.span));
  const auto set = std::ranges::find(all, name, [](const Assignment& a) -> std::string_view { return a.key.value; });
  if (holder == all.end() || set == all.end() || place.outer != place.at) return refuse("split the ENV by hand");
  const auto user = static_cast<std::size_t>(holder - all.begin());
  const auto setter = static_cast<std::size_t>(set - all.begin());
  return setter < user ? split_before(place, user) : move_up(place, setter);
}

}  // namespace

extern constinit const Remedy env_self_reference{"env-self-reference", at_place<plan>};

}  // namespace oakum::fix::build
