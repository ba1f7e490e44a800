#include "base/text.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

bool is_command(InstructionKind kind) { return kind == InstructionKind::cmd || kind == InstructionKind::entrypoint; }

// BuildKit takes a SHELL, also the base image's, as a sign that the shell is meant.
bool shell_is_chosen(const Instruction& instruction, const Dockerfile& dockerfile, const Subjects& subjects) {
  if (!instruction.before.shell.empty()) return true;
  if (instruction.stage >= dockerfile.stages.size()) return false;
  const ImageFacts* base = facts_of(dockerfile.stages[instruction.stage], subjects);
  return base != nullptr && !base->shell.empty();
}

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  const bool health = instruction.kind == InstructionKind::healthcheck && instruction.healthcheck_type == "CMD";
  if (!health && !is_command(instruction.kind)) return;
  if (instruction.json_form || instruction.broken_json || trim(instruction.text).empty()) return;
  Finding& finding = judge.found(dockerfile, instruction, instruction.text_span,
                                 join({instruction.name, " runs through a shell: ", quoted(instruction.text)}));
  if (health || shell_is_chosen(instruction, dockerfile, judge.subjects())) {
    only_aliases(finding, {"DL3025", "KICS-b86987e1"});
  }
  // A probe gets no signals and is often meant for the shell (… || exit 1): taste.
  if (health) finding.severity = Severity::info;
}

}  // namespace

extern constinit const Rule shell_form{
    .info = checked({
        .id = "shell-form",
        .title = "CMD or ENTRYPOINT in shell form",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3025 KICS-b86987e1 buildkit:JSONArgsRecommended",
        .fix = FixSafety::unsafe,
        .fix_summary = "write a JSON array of the words",
        .why = "In shell form the first process is /bin/sh, which does not pass on signals: the program is killed "
               "instead of stopped, and arguments given to docker run are lost. It also needs a shell in the image.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nCMD nginx -g \"daemon off;\"\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3025 "
                      "https://docs.docker.com/reference/build-checks/json-args-recommended/",
    }),
    .checks = {.instruction = check,
               .instructions = {InstructionKind::cmd, InstructionKind::entrypoint, InstructionKind::healthcheck}},
};

}  // namespace oakum::rules
