#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Dockerfile& dockerfile, Judge& judge) {
  for (const Stage& stage : dockerfile.stages) {
    const Instruction* from = from_of(dockerfile, stage);
    if (stage.used || stage.is_final || from == nullptr) continue;
    judge.found(dockerfile, *from, "nothing that leads to the final image uses this stage");
  }
}

}  // namespace

extern constinit const Rule stage_unreachable{
    .info = checked({
        .id = "stage-unreachable",
        .title = "a stage is not used",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "remove it, or say with --target that it is meant",
        .why =
            "BuildKit skips a stage that the final one does not need, so its steps, checks and tests do not run unless "
            "somebody asks for it with --target. Left-overs of a former build also hide what really makes the image.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20 AS old\nFROM alpine:3.20\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20 AS build\nFROM alpine:3.20\nCOPY --from=build /a /b\n"},
        .references = "https://docs.docker.com/build/building/multi-stage/",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
