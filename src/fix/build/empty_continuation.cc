#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "fix/build/place.h"
#include "fix/kit/text.h"

namespace oakum::fix::build {

namespace {

// Blank lines in the instruction's own lines; those of here-documents are text.
Planned plan(const Place& place, const Finding&, const Context&) {
  const std::string_view text = place.source->text;
  const std::size_t end = place.at->heredocs.empty() ? place.outer->span.end : place.at->heredocs.front().body.begin;
  std::vector<Edit> edits;
  for (std::size_t at = place.outer->span.begin; at < end; at = line_end(text, at)) {
    const std::size_t begin = line_begin(text, at);
    const std::size_t behind = line_end(text, at);
    if (behind < end && trim(text.substr(begin, behind - begin)).empty())
      edits.push_back(remove(*place.source, begin, behind));
  }
  return answer(std::move(edits));
}

}  // namespace

extern constinit const Remedy empty_continuation{"empty-continuation", at_place<plan>};

}  // namespace oakum::fix::build
