#include "rules/build/overridden.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Dockerfile& dockerfile, Judge& judge) { judge_overridden(InstructionKind::cmd, dockerfile, judge); }

}  // namespace

extern constinit const Rule cmd_several{
    .info = checked({
        .id = "cmd-several",
        .title = "several CMD in one stage",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL4003 DS-0016 KICS-41c195f4 buildkit:MultipleInstructionsDisallowed",
        .fix = FixSafety::safe,
        .fix_summary = "remove all but the last",
        .why = "Only the last CMD of a stage counts. The ones before it look as if they did something, and whoever "
               "edits the wrong one changes nothing.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nCMD [\"a\"]\nCMD [\"b\"]\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nCMD [\"b\"]\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL4003 "
                      "https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
