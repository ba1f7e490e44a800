#include <string_view>

#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

bool is_absolute(std::string_view path) {
  return path.starts_with('/') || path.starts_with('\\') || (path.size() > 1 && path[1] == ':');
}

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  const Argument* target = target_of(instruction);
  if (target == nullptr || instruction.before.workdir_set) return;
  if (!target->known || target->text.starts_with('$') || is_absolute(target->value)) return;
  judge.found(
      dockerfile, instruction, target->span,
      join({"copies to ", quoted(target->value), " with no WORKDIR set: where that is, the base image decides"}));
}

}  // namespace

extern constinit const Rule copy_relative{
    .info = checked({
        .id = "copy-relative",
        .title = "COPY to a relative path without WORKDIR",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3045",
        .fix = FixSafety::unsafe,
        .fix_summary = "set WORKDIR before it, or write an absolute target",
        .why = "Without a WORKDIR in the Dockerfile a relative target lands wherever the base image happens to point, "
               "often the root directory. Another version of the base may point elsewhere.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nCOPY app.py app/\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nWORKDIR /srv\nCOPY app.py app/\n"},
        .references =
            "https://github.com/hadolint/hadolint/wiki/DL3045 https://docs.docker.com/reference/dockerfile/#copy",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::copy}},
};

}  // namespace oakum::rules
