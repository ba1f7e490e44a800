#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

bool lower_wins(const Dockerfile& dockerfile) {
  std::size_t lower = 0;
  std::size_t upper = 0;
  for (const Instruction& instruction : dockerfile.instructions) {
    if (is_lower(instruction.spelling)) ++lower;
    if (is_upper(instruction.spelling)) ++upper;
  }
  return lower > upper;
}

void check(const Dockerfile& dockerfile, Judge& judge) {
  const bool lower = lower_wins(dockerfile);
  for (const Instruction& instruction : dockerfile.instructions) {
    if (lower ? is_lower(instruction.spelling) : is_upper(instruction.spelling)) continue;
    judge.found(
        dockerfile, instruction, instruction.name_span,
        join({quoted(instruction.spelling), " is not in ", lower ? "lower" : "upper", " case as the others are"}));
  }
}

}  // namespace

extern constinit const Rule instruction_casing{
    .info = checked({
        .id = "instruction-casing",
        .title = "instructions are written in different case",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "buildkit:ConsistentInstructionCasing",
        .grade = Grade::style,
        .fix = FixSafety::safe,
        .fix_summary = "write it as most others are",
        .why = "Any case is understood, but one case throughout lets the eye find the instructions. What most of them "
               "use is taken as the intent.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nrun true\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nRUN true\n"},
        .references = "https://docs.docker.com/reference/build-checks/consistent-instruction-casing/",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
