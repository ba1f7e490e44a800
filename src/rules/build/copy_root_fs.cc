#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  const Argument* target = target_of(instruction);
  if (instruction.flag("from") == nullptr || target == nullptr) return;
  if (target->value != "/") return;
  for (const Argument& source : sources_of(instruction)) {
    if (source.value != "/") continue;
    judge.found(dockerfile, instruction, source.span,
                join({"copies all of ", quoted(instruction.flag("from")->value), " over the root of this stage"}));
  }
}

}  // namespace

extern constinit const Rule copy_root_fs{
    .info = checked({
        .id = "copy-root-fs",
        .title = "a whole root file system is copied over another",
        .severity = Severity::low,
        .practice = Practice::minimal_base,
        .surfaces = "D",
        .aliases = "DL3067",
        .fix = FixSafety::advice,
        .fix_summary = "copy the paths that are used",
        .why = "Everything of the other stage arrives: its package database, caches, secrets and set-user-id files, "
               "owned by root, laid over a system that may not fit. Name the paths that are needed.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20 AS build\nFROM alpine:3.20\nCOPY --from=build / /\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20 AS build\nFROM alpine:3.20\nCOPY --from=build /app /app\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3067 "
                      "https://docs.docker.com/reference/dockerfile/#copy---from",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::copy}},
};

}  // namespace oakum::rules
