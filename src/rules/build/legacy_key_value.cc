#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  for (const Assignment& assignment : instruction.assignments) {
    if (!assignment.legacy) continue;
    judge.found(dockerfile, instruction, assignment.key.span,
                join({instruction.name, " ", quoted(assignment.key.text), " is set without an equals sign"}));
  }
}

}  // namespace

extern constinit const Rule legacy_key_value{
    .info = checked({
        .id = "legacy-key-value",
        .title = "ENV or LABEL without equals sign",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "buildkit:LegacyKeyValueFormat",
        .grade = Grade::style,
        .fix = FixSafety::safe,
        .fix_summary = "write NAME=value",
        .why = "In the old form everything behind the name is the value, quotes and spaces included, and one line sets "
               "one variable. The form with an equals sign does not surprise.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nENV PORT 8080\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nENV PORT=8080\n"},
        .references = "https://docs.docker.com/reference/build-checks/legacy-key-value-format/",
    }),
    .checks = {.instruction = check},
};

}  // namespace oakum::rules
