#include <string>

#include "base/text.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Dockerfile& dockerfile, Judge& judge) {
  for (const Stage& stage : dockerfile.stages) {
    const Instruction* from = from_of(dockerfile, stage);
    const std::string name = to_lower(stage.name);
    if (from == nullptr || from->arguments.empty() || (name != "scratch" && name != "context")) continue;
    judge.found(dockerfile, *from, from->arguments.back().span,
                join({"the name ", quoted(stage.name), " means something else to the builder"}));
  }
}

}  // namespace

extern constinit const Rule stage_reserved{
    .info = checked({
        .id = "stage-reserved",
        .title = "a stage has a reserved name",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3063 buildkit:ReservedStageName",
        .fix = FixSafety::unsafe,
        .fix_summary = "rename the stage",
        .why = "The builder gives the names scratch and context a meaning of their own: FROM scratch is the empty "
               "image, and context is what was sent to it. A stage of that name cannot be referred to.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20 AS scratch\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20 AS run\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3063 "
                      "https://docs.docker.com/reference/build-checks/reserved-stage-name/",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
