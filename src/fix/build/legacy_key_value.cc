#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"
#include "fix/kit/text.h"

namespace oakum::fix::build {

namespace {

// In the old form all behind the name is the value. Quotes and escapes mean the same in the new form as long as no
// blank parts the words; around blanks go quotes, in which the builder expands variables just so.
Planned plan(const Place& place, const Finding& finding, const Context&) {
  const auto found = std::ranges::find_if(place.at->assignments, [&](const Assignment& assignment) {
    return assignment.key.span.begin == finding.origin.span.begin;
  });
  if (found == place.at->assignments.end()) return refuse("no variable stands at this place");
  const std::string_view value = found->value.text;
  const std::string_view gap =
      std::string_view(place.source->text).substr(found->key.span.end, found->value.span.begin - found->key.span.end);
  if (gap.find('#') != std::string_view::npos || place.raw(found->value.span).find('\n') != std::string_view::npos)
    return refuse("it runs over several lines: write " + printable(found->key.text, 60) + "=… by hand");
  const auto has = [&](std::string_view bytes) { return value.find_first_of(bytes) != std::string_view::npos; };
  const char first = value.empty() ? '\0' : value.front();
  const bool one_quote =
      value.size() > 1 && (first == '"' || first == '\'') && value.find(first, 1) == value.size() - 1;
  const bool quote = has(" \t") && !one_quote;
  if (quote && (has("\"'") || value.find(place.file->escape) != std::string_view::npos))
    return refuse("its value has blanks beside quotes or escapes: write it in quotes by hand");
  std::vector<Edit> edits = {replace(*place.source, found->key.span.end, found->value.span.begin, quote ? "=\"" : "=")};
  if (quote) edits.push_back(put_after(place, found->value.span, "\""));
  return answer(std::move(edits));
}

}  // namespace

extern constinit const Remedy legacy_key_value{"legacy-key-value", at_place<plan>};

}  // namespace oakum::fix::build
