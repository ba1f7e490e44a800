// Any text as a script: ends, keeps its limits, and every span lies inside the text.
#include <cstdlib>
#include <string_view>

#include "read/shell/shell.h"

namespace {

void require(bool held) {
  if (!held) std::abort();
}

void inside(const oakum::Span& span, std::size_t size) { require(span.begin <= span.end && span.end <= size); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const oakum::LineIndex lines(text);
  const oakum::shell::Script script = oakum::shell::read(text, {}, &lines);
  require(script.complete == script.problem.empty());
  for (const oakum::shell::Command& command : script.commands) {
    inside(command.span, size);
    require(command.depth <= 65 && command.pipeline > 0);
    require(command.program <= command.words.size() && command.program == unwrapped(command));
    for (const oakum::shell::Word& word : command.words) inside(word.span, size);
    for (const oakum::shell::Assignment& assignment : command.assignments) inside(assignment.value.span, size);
  }
  for (const oakum::shell::Word& word : oakum::shell::split_words(text)) inside(word.span, size);
  return 0;
}
