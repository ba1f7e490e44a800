#include <algorithm>

#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

constexpr std::size_t kMostCommands = 2;

bool is_short(const Instruction& run) {
  return run.heredocs.empty() && (!run.script || run.script->commands.size() <= kMostCommands);
}

bool same_flags(const Instruction& a, const Instruction& b) {
  return std::ranges::equal(a.flags, b.flags, [](const InstructionFlag& x, const InstructionFlag& y) {
    return x.name == y.name && x.value == y.value;
  });
}

void check(const Dockerfile& dockerfile, Judge& judge) {
  for (const Stage& stage : dockerfile.stages) {
    const Instruction* before = nullptr;
    for (const Instruction& instruction : instructions_of(dockerfile, stage)) {
      const bool run = instruction.kind == InstructionKind::run;
      if (run && before != nullptr && is_short(*before) && is_short(instruction) && same_flags(*before, instruction)) {
        judge.found(dockerfile, instruction, instruction.name_span, "could be one with the RUN before it");
      }
      before = run ? &instruction : nullptr;
    }
  }
}

}  // namespace

extern constinit const Rule run_consecutive{
    .info = checked({
        .id = "run-consecutive",
        .title = "several short RUN after each other",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3059",
        .grade = Grade::style,
        .fix = FixSafety::unsafe,
        .fix_summary = "join them with && or a heredoc",
        .why =
            "Every RUN makes a layer. Joined, what one step leaves behind can be removed by the next before the layer "
            "is closed. Steps that change at different times are better apart, for the cache: a matter of taste.",
        .bad = {Surface::dockerfile, "FROM debian:12\nRUN mkdir /a\nRUN touch /a/b\n"},
        .good = {Surface::dockerfile, "FROM debian:12\nRUN mkdir /a && touch /a/b\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3059",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
