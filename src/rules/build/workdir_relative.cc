#include <string_view>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

bool is_absolute(std::string_view path) {
  const bool drive = path.size() > 1 && path[1] == ':';
  return path.starts_with('/') || path.starts_with('\\') || drive;
}

bool starts_with_variable(std::string_view text) {
  if (text.starts_with('"')) text.remove_prefix(1);
  return text.starts_with('$');
}

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  if (instruction.arguments.empty()) return;
  const Argument& path = instruction.arguments.front();
  const bool variable = starts_with_variable(path.text);
  const bool first = !instruction.before.workdir_set;
  if (is_absolute(path.value) || (variable && (!path.known || !first))) return;
  Finding& finding =
      judge.found(dockerfile, instruction, path.span,
                  join({"WORKDIR ", quoted(path.value), " depends on the directory in force before it"}));
  if (variable) {
    only_aliases(finding, {"buildkit:WorkdirRelativePath"});
  } else if (!first) {
    only_aliases(finding, {"CKV_DOCKER_10", "DL3000", "DS-0009", "KICS-6b376af8"});
  }
}

}  // namespace

extern constinit const Rule workdir_relative{
    .info = checked({
        .id = "workdir-relative",
        .title = "WORKDIR is relative",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "CKV_DOCKER_10 DL3000 DS-0009 KICS-6b376af8 buildkit:WorkdirRelativePath",
        .fix = FixSafety::unsafe,
        .fix_summary = "write the absolute path",
        .why = "A relative WORKDIR is taken from the one in force before it, at the start from whatever the base image "
               "set. When the base or an earlier line changes, every later relative path silently means another "
               "directory.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nWORKDIR app\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nWORKDIR /app\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3000 "
                      "https://docs.docker.com/reference/build-checks/workdir-relative-path/",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::workdir}},
};

}  // namespace oakum::rules
