#include "rules/build/overridden.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Dockerfile& dockerfile, Judge& judge) {
  judge_overridden(InstructionKind::healthcheck, dockerfile, judge);
}

}  // namespace

extern constinit const Rule healthcheck_several{
    .info = checked({
        .id = "healthcheck-several",
        .title = "several HEALTHCHECK in one stage",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3012 DS-0023 buildkit:MultipleInstructionsDisallowed",
        .fix = FixSafety::safe,
        .fix_summary = "remove all but the last",
        .why = "Only the last HEALTHCHECK of a stage counts. The ones before it look as if they did something, and "
               "whoever edits the wrong one changes nothing.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nHEALTHCHECK CMD [\"a\"]\nHEALTHCHECK CMD [\"b\"]\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nHEALTHCHECK CMD [\"b\"]\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3012 "
                      "https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
