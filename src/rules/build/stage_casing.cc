#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Dockerfile& dockerfile, Judge& judge) {
  for (const Stage& stage : dockerfile.stages) {
    const Instruction* from = from_of(dockerfile, stage);
    if (from == nullptr || from->arguments.empty() || is_lower(stage.name)) continue;
    judge.found(dockerfile, *from, from->arguments.back().span,
                join({"the stage name ", quoted(stage.name), " has capitals"}));
  }
}

}  // namespace

extern constinit const Rule stage_casing{
    .info = checked({
        .id = "stage-casing",
        .title = "a stage name has capitals",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "buildkit:StageNameCasing",
        .grade = Grade::style,
        .fix = FixSafety::safe,
        .fix_summary = "write it in lower case, where it is used too",
        .why = "The builder takes names of stages without regard to case. All in lower case they cannot be mistaken "
               "for two, nor for an instruction or a variable.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20 AS Build\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20 AS build\n"},
        .references = "https://docs.docker.com/reference/build-checks/stage-name-casing/",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
