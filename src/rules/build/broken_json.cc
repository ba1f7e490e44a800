#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  if (!instruction.broken_json) return;
  Finding& finding =
      judge.found(dockerfile, instruction, instruction.text_span,
                  join({"is no JSON array of strings and runs as a shell command: ", quoted(instruction.text)}));
  if (instruction.kind == InstructionKind::cmd || instruction.kind == InstructionKind::entrypoint) {
    add_alias(finding, "DL3025");
    if (instruction.before.shell.empty()) add_alias(finding, "buildkit:JSONArgsRecommended");
  }
}

}  // namespace

extern constinit const Rule broken_json{
    .info = checked({
        .id = "broken-json",
        .title = "what looks like a JSON array is not valid JSON",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "tally:invalid-json-form",
        .fix = FixSafety::unsafe,
        .fix_summary = "write strings in double quotes with commas between",
        .why = "Only an array of strings in double quotes is the exec form. With single quotes, a missing comma or a "
               "comma too many the builder takes the line, brackets and all, for a shell command, and tells nobody.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nCMD ['nginx', '-t']\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nCMD [\"nginx\", \"-t\"]\n"},
        .references = "https://docs.docker.com/reference/dockerfile/#exec-form",
    }),
    .checks = {.instruction = check},
};

}  // namespace oakum::rules
