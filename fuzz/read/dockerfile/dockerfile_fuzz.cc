// Any bytes as a Dockerfile: every span lies in the text, every stage's instructions in the list.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "read/dockerfile/dockerfile.h"

namespace {

void check(const oakum::Span& span, std::size_t size) {
  if (span.begin > span.end || span.end > size) std::abort();
}

void check(const oakum::Instruction& instruction, std::size_t size) {
  check(instruction.span, size);
  check(instruction.text_span, size);
  for (const auto& argument : instruction.arguments) check(argument.span, size);
  for (const auto& flag : instruction.flags) check(flag.span, size);
  for (const auto& heredoc : instruction.heredocs) check(heredoc.body, size);
  for (const auto& nested : instruction.nested) check(nested, size);
  if (!instruction.script) return;
  for (const auto& command : instruction.script->commands) check(command.span, size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const oakum::Dockerfile file = oakum::dockerfile::read(text, 0, {.build_args = {{"A", "x"}}});
  for (const auto& instruction : file.instructions) check(instruction, size);
  for (const auto& problem : file.problems) check(problem.span, size);
  for (const auto& stage : file.stages) {
    if (stage.first > stage.last || stage.last >= file.instructions.size()) std::abort();
  }
  const auto patterns = oakum::dockerfile::read_ignore(text.substr(0, 4096));
  oakum::dockerfile::ignored(patterns, "some/path.txt");
  return 0;
}
