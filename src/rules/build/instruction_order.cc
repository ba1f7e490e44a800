#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Dockerfile& dockerfile, Judge& judge) {
  for (const Instruction& instruction : dockerfile.instructions) {
    if (instruction.kind == InstructionKind::from) return;
    if (instruction.kind == InstructionKind::arg || instruction.kind == InstructionKind::unknown) continue;
    judge.found(dockerfile, instruction, instruction.name_span,
                join({instruction.name, " stands before the first FROM, where only ARG may"}));
  }
}

}  // namespace

extern constinit const Rule instruction_order{
    .info = checked({
        .id = "instruction-order",
        .title = "an instruction stands before the first FROM",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3061",
        .fix = FixSafety::unsafe,
        .fix_summary = "move it behind FROM",
        .why = "A Dockerfile begins with FROM, or with ARG for FROM to use. Anything else has no image to work on, and "
               "the build fails.",
        .bad = {Surface::dockerfile, "RUN true\nFROM alpine:3.20\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nRUN true\n"},
        .references =
            "https://github.com/hadolint/hadolint/wiki/DL3061 https://docs.docker.com/reference/dockerfile/#format",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
