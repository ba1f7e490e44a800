#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  for (const Instruction& nested : instruction.nested) {
    const bool forbidden = nested.kind == InstructionKind::onbuild || nested.kind == InstructionKind::from ||
                           nested.kind == InstructionKind::maintainer;
    if (forbidden) judge.found(dockerfile, instruction, nested.name_span, join({"ONBUILD cannot run ", nested.name}));
  }
}

}  // namespace

extern constinit const Rule onbuild_forbidden{
    .info = checked({
        .id = "onbuild-forbidden",
        .title = "ONBUILD with an instruction that cannot stand there",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3043",
        .why = "ONBUILD keeps an instruction for the image that is built on this one. ONBUILD, FROM and MAINTAINER are "
               "refused there, so the build fails, if only the next one.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nONBUILD MAINTAINER jo\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nONBUILD RUN true\n"},
        .references =
            "https://github.com/hadolint/hadolint/wiki/DL3043 https://docs.docker.com/reference/dockerfile/#onbuild",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::onbuild}},
};

}  // namespace oakum::rules
