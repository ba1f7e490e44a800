#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "fix/build/place.h"
#include "fix/kit/text.h"

namespace oakum::fix::build {

namespace {

// Behind a blank line an instruction's name: builders take the line for a part of this one, and nobody meant that.
bool begins_instruction(std::string_view line) {
  constexpr std::array<std::string_view, 17> kNames = {
      "ADD",   "ARG",     "CMD", "COPY",  "ENTRYPOINT", "ENV",  "EXPOSE", "FROM",   "HEALTHCHECK",
      "LABEL", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"};
  const std::string_view word = line.substr(0, line.find_first_of(" \t"));
  return word.size() < line.size() && std::ranges::find(kNames, word) != kNames.end();
}

// Blank lines in the instruction's own lines; those of here-documents are text.
Planned plan(const Place& place, const Finding&, const Context&) {
  const std::string_view text = place.source->text;
  const std::size_t end = place.at->heredocs.empty() ? place.outer->span.end : place.at->heredocs.front().body.begin;
  std::vector<Edit> edits;
  bool blank = false;
  for (std::size_t at = place.outer->span.begin; at < end; at = line_end(text, at)) {
    const std::size_t begin = line_begin(text, at);
    const std::size_t behind = line_end(text, at);
    const std::string_view line = trim(text.substr(begin, behind - begin));
    if (blank && begins_instruction(line))
      return refuse("the line behind the blank one starts with " + std::string(line.substr(0, line.find(' '))) +
                    ", and is a part of this instruction: take out the continuation in front of it");
    if (!line.starts_with('#')) blank = line.empty();
    if (behind < end && line.empty()) edits.push_back(remove(*place.source, begin, behind));
  }
  return answer(std::move(edits));
}

}  // namespace

extern constinit const Remedy empty_continuation{"empty-continuation", at_place<plan>};

}  // namespace oakum::fix::build
