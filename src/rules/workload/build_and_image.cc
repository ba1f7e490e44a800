#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Workload& workload, Judge& judge) {
  if (workload.build && workload.image && !workload.pull_policy)
    judge.found(workload, workload.image.origin(), "names an image and builds one: which of them runs is not said");
}

}  // namespace

extern constinit const Rule build_and_image{
    .info = checked({
        .id = "build-and-image",
        .title = "a service names both an image and a build",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "C",
        .aliases = "dclint:no-build-and-image",
        .grade = Grade::style,
        .fix = FixSafety::unsafe,
        .fix_summary = "remove one of them, or say pull_policy",
        .why = "With both, whether the image is pulled or built depends on the command and on what is there "
               "already: one host may run the registry's image, another what it built itself. A pull policy decides "
               "it.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: web:1.0\n"
                "    build:\n"
                "      dockerfile_inline: FROM alpine:3.20\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: web:1.0\n"
                 "    build:\n"
                 "      dockerfile_inline: FROM alpine:3.20\n"
                 "    pull_policy: build\n"},
        .references = "https://docs.docker.com/reference/compose-file/services/#build",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
