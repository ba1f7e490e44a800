#include <algorithm>
#include <array>
#include <cstddef>
#include <expected>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "fix/build/edit.h"
#include "fix/build/list.h"
#include "fix/build/place.h"
#include "fix/kit/text.h"

namespace oakum::fix::build {

namespace {

// What a shell keeps for the commands behind it: in the next RUN it was gone.
bool changes_shell(const shell::Command& command) {
  constexpr std::array<std::string_view, 16> kNames = {".",    "alias",  "cd",     "exec", "exit",  "export",
                                                       "popd", "pushd",  "return", "set",  "shopt", "source",
                                                       "trap", "ulimit", "umask",  "unset"};
  return command.depth == 0 && (command.words.empty() || std::ranges::find(kNames, command.name()) != kNames.end());
}

const Instruction* run_before(const Place& place) {
  const Instruction* before = nullptr;
  for (const Instruction& instruction : instructions_of(*place.file, *place.stage)) {
    if (&instruction == place.outer) return before;
    before = &instruction;
  }
  return nullptr;
}

std::expected<void, Refusal> may_join(const Instruction& first, const Instruction& second) {
  for (const Instruction* run : {&first, &second}) {
    if (run->json_form || !run->script || !run->script->complete || !run->heredocs.empty())
      return refuse("one of the two is no plain list of commands: join them by hand");
  }
  if (std::ranges::any_of(first.script->commands, changes_shell))
    return refuse("the RUN before it changes directory or settings, which now end with it: join them by hand");
  if (!runs_while_good(second))
    return refuse("it goes on when a command fails, which would hide a failure of the RUN before it");
  return {};
}

// Comments between the two stay, blank lines would be warned of.
Edits without_blank_lines(const Place& place, std::size_t begin, std::size_t end) {
  const std::string_view text = place.source->text;
  Edits edits;
  for (std::size_t at = begin; at < end; at = line_end(text, at)) {
    if (trim(text.substr(at, line_end(text, at) - at)).empty())
      edits.push_back(remove(*place.source, at, line_end(text, at)));
  }
  return edits;
}

Planned plan(const Place& place, const Finding&, const Context&) {
  const Instruction* first = run_before(place);
  if (first == nullptr || first->kind != InstructionKind::run) return refuse("no RUN stands before it");
  if (const auto may = may_join(*first, *place.at); !may) return std::unexpected(may.error());
  if (is_silenced(place, *place.outer))
    return refuse(
        "the comment above it silences findings, and inside of the RUN before it would not: join them by hand");
  const auto joint = joint_behind(place, *first);
  if (!joint) return std::unexpected(joint.error());
  const std::string_view text = place.source->text;
  const std::size_t first_end = line_end(text, first->span.end);
  if (text.substr(joint->at, first_end - joint->at).find_first_not_of(" \t\r\n;") != std::string_view::npos)
    return refuse("a comment stands behind the RUN before it: join them by hand");
  const std::size_t begin = line_begin(text, place.at->span.begin);
  Edits edits = without_blank_lines(place, first_end, begin);
  edits.push_back(replace(*place.source, joint->at, first_end, joint->line_end));
  edits.push_back(replace(*place.source, begin, place.at->text_span.begin, joint->line_begin));
  return answer(std::move(edits));
}

}  // namespace

extern constinit const Remedy run_consecutive{"run-consecutive", in_stage<plan>};

}  // namespace oakum::fix::build
