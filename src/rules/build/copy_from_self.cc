#include <string>

#include "base/text.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  const InstructionFlag* from = instruction.flag("from");
  if (from == nullptr) return;
  if (instruction.stage >= dockerfile.stages.size() || from->value.empty()) return;
  const bool itself = equals_ignoring_case(from->value, dockerfile.stages[instruction.stage].name) ||
                      from->value == std::to_string(instruction.stage);
  if (itself)
    judge.found(dockerfile, instruction, from->span, join({"copies from ", quoted(from->value), ", its own stage"}));
}

}  // namespace

extern constinit const Rule copy_from_self{
    .info = checked({
        .id = "copy-from-self",
        .title = "a stage copies from itself",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3023 DS-0006 KICS-cdddb86f",
        .why = "A stage cannot be read before it is built, so the builder refuses a COPY from the stage it stands in, "
               "or fetches an image that happens to have the same name.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20 AS build\nCOPY --from=build /a /b\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20 AS build\nFROM alpine:3.20\nCOPY --from=build /a /b\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3023 "
                      "https://docs.docker.com/reference/dockerfile/#copy---from",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::copy}},
};

}  // namespace oakum::rules
