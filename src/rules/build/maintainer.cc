#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  judge.found(dockerfile, instruction, instruction.name_span, "MAINTAINER is deprecated: a label says the same");
}

}  // namespace

extern constinit const Rule maintainer{
    .info = checked({
        .id = "maintainer",
        .title = "MAINTAINER is deprecated",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "CKV_DOCKER_6 DL4000 DS-0022 KICS-99614418 buildkit:MaintainerDeprecated",
        .fix = FixSafety::safe,
        .fix_summary = "write LABEL org.opencontainers.image.authors=…",
        .why = "MAINTAINER has been deprecated since 2017. A label carries the same and can be read with docker "
               "inspect, by registries and by scanners.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nMAINTAINER a@example.org\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nLABEL org.opencontainers.image.authors=\"a@example.org\"\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL4000 "
                      "https://docs.docker.com/reference/build-checks/maintainer-deprecated/",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::maintainer}},
};

}  // namespace oakum::rules
