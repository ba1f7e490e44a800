#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  if (!instruction.has_empty_continuation) return;
  judge.found(dockerfile, instruction, instruction.empty_continuation.value_or(instruction.span),
              join({"a blank line inside ", instruction.name}));
}

}  // namespace

extern constinit const Rule empty_continuation{
    .info = checked({
        .id = "empty-continuation",
        .title = "a blank line inside a continued instruction",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "buildkit:NoEmptyContinuation",
        .fix = FixSafety::safe,
        .fix_summary = "remove the blank line",
        .why = "The builder skips blank lines behind a backslash with a warning and says that a later version will "
               "not. The instruction also goes on where the eye sees its end.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nRUN true && \\\n\n  true\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nRUN true && \\\n  true\n"},
        .references = "https://docs.docker.com/reference/build-checks/no-empty-continuation/",
    }),
    .checks = {.instruction = check},
};

}  // namespace oakum::rules
