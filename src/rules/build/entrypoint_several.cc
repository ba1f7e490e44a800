#include "rules/build/overridden.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Dockerfile& dockerfile, Judge& judge) {
  judge_overridden(InstructionKind::entrypoint, dockerfile, judge);
}

}  // namespace

extern constinit const Rule entrypoint_several{
    .info = checked({
        .id = "entrypoint-several",
        .title = "several ENTRYPOINT in one stage",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL4004 DS-0007 KICS-6938958b buildkit:MultipleInstructionsDisallowed",
        .fix = FixSafety::safe,
        .fix_summary = "remove all but the last",
        .why = "Only the last ENTRYPOINT of a stage counts. The ones before it look as if they did something, and "
               "whoever edits the wrong one changes nothing.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nENTRYPOINT [\"a\"]\nENTRYPOINT [\"b\"]\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nENTRYPOINT [\"b\"]\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL4004 "
                      "https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
