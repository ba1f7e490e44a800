#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

constexpr std::string_view kLabel = "org.opencontainers.image.authors";

bool is_labelled(const Place& place) {
  return std::ranges::any_of(instructions_of(*place.file, *place.stage), [](const Instruction& instruction) {
    return instruction.kind == InstructionKind::label &&
           std::ranges::any_of(instruction.assignments, [](const Assignment& a) { return a.key.value == kLabel; });
  });
}

Planned plan(const Place& place, const Finding&, const Context&) {
  if (is_labelled(place))
    return refuse("the label " + std::string(kLabel) + " is there already: take MAINTAINER out when it says the same");
  if (place.outer->span.line != place.outer->span.end_line)
    return refuse("it runs over several lines: write the label by hand");
  const Instruction& old = *place.at;
  std::string value;
  std::string_view text = trim(old.text);
  if (text.size() > 1 && text.front() == '"' && text.find('"', 1) == text.size() - 1)
    text = text.substr(1, text.size() - 2);  // quotes that people put there are not meant
  if (text.empty()) return refuse("it names nobody: take it out");
  for (const char c : text) {
    if (c == '"' || c == '$' || c == place.file->escape) value += place.file->escape;  // a label's value is expanded
    value += c;
  }
  const bool lower = std::ranges::none_of(old.spelling, [](char c) { return c >= 'A' && c <= 'Z'; });
  return answer({put(place, old.name_span, lower ? "label" : "LABEL"),
                 put(place, old.text_span, std::string(kLabel) + "=\"" + value + "\"")});
}

}  // namespace

extern constinit const Remedy maintainer{"maintainer", in_stage<plan>};

}  // namespace oakum::fix::build
