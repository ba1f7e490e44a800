#include <string_view>

#include "base/text.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"
#include "fix/kit/text.h"

namespace oakum::fix::build {

namespace {

// `ARG TARGETPLATFORM=…` before the first FROM: then it is no longer what the builder would say.
bool is_declared(const Dockerfile& file) {
  for (const Instruction& instruction : file.instructions) {
    if (instruction.kind == InstructionKind::from) break;
    for (const Assignment& one : instruction.assignments) {
      if (instruction.kind == InstructionKind::arg && one.has_value && one.key.value == "TARGETPLATFORM") return true;
    }
  }
  return false;
}

Planned plan(const Place& place, const Finding&, const Context&) {
  const InstructionFlag& flag = *place.at->flag("platform");
  if (is_declared(*place.file))
    return refuse(
        "an ARG gives TARGETPLATFORM a value of its own: take that out first, or write which platform is meant");
  const std::string_view text = place.source->text;
  const std::string_view line =
      text.substr(line_begin(text, flag.span.begin), flag.span.begin - line_begin(text, flag.span.begin));
  const std::string_view rest = text.substr(flag.span.end, line_end(text, flag.span.end) - flag.span.end);
  const bool alone = trim(line).empty() && trim(rest).size() == 1 && trim(rest).front() == place.file->escape;
  if (alone || place.raw(flag.span).find('\n') != std::string_view::npos)
    return refuse("the flag has a line of its own among continuations: take it out by hand");
  return answer(without_flag(place, flag));
}

}  // namespace

extern constinit const Remedy platform_redundant{"platform-redundant", at_place<plan>};

}  // namespace oakum::fix::build
