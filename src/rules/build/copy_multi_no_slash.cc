#include <string>

#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  const Argument* target = target_of(instruction);
  if (target == nullptr || sources_of(instruction).size() < 2) return;
  if (!target->known || target->value.ends_with('/') || target->value.ends_with('\\')) return;
  Finding& finding = judge.found(dockerfile, instruction, target->span,
                                 join({"copies ", std::to_string(sources_of(instruction).size()), " sources to ",
                                       quoted(target->value), ", which has no slash at its end"}));
  // "." can only be a directory: builders take it, hadolint does not.
  if (target->value == "." || target->value.ends_with("/.")) finding.severity = Severity::info;
}

}  // namespace

extern constinit const Rule copy_multi_no_slash{
    .info = checked({
        .id = "copy-multi-no-slash",
        .title = "COPY of several sources to a target without slash",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3021 DS-0011 KICS-6db6e0c2",
        .fix = FixSafety::safe,
        .fix_summary = "end the target with a slash",
        .why = "With more than one source the target has to be a directory, and a slash at its end says so. Without it "
               "builders refuse the line, or guess.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nCOPY a b /srv\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nCOPY a b /srv/\n"},
        .references =
            "https://github.com/hadolint/hadolint/wiki/DL3021 https://docs.docker.com/reference/dockerfile/#copy",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::copy}},
};

}  // namespace oakum::rules
