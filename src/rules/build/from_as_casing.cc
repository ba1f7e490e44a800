#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  if (instruction.arguments.size() < 3) return;
  const Argument& as = instruction.arguments[1];
  if (is_upper(as.text) == is_upper(instruction.spelling)) return;
  judge.found(dockerfile, instruction, as.span,
              join({quoted(as.text), " is not written as ", quoted(instruction.spelling), " is"}));
}

}  // namespace

extern constinit const Rule from_as_casing{
    .info = checked({
        .id = "from-as-casing",
        .title = "FROM and AS are written in different case",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "buildkit:FromAsCasing",
        .grade = Grade::style,
        .fix = FixSafety::safe,
        .fix_summary = "write AS in the case of FROM",
        .why = "FROM and AS are keywords of one instruction. Written in one case they are easy to tell from the names "
               "between them.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20 as build\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20 AS build\n"},
        .references = "https://docs.docker.com/reference/build-checks/from-as-casing/",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::from}},
};

}  // namespace oakum::rules
