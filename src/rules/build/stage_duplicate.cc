#include <map>
#include <string>

#include "base/text.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Dockerfile& dockerfile, Judge& judge) {
  std::map<std::string, const Stage*> seen;
  for (const Stage& stage : dockerfile.stages) {
    const Instruction* from = from_of(dockerfile, stage);
    if (stage.name.empty() || from == nullptr || from->arguments.empty()) continue;
    const auto [first, is_new] = seen.emplace(to_lower(stage.name), &stage);
    if (is_new) continue;
    Finding& finding = judge.found(dockerfile, *from, from->arguments.back().span,
                                   join({"an earlier stage is called ", quoted(first->second->name), " already"}));
    if (first->second->name != stage.name) only_aliases(finding, {"buildkit:DuplicateStageName"});
    if (const Instruction* earlier = from_of(dockerfile, *first->second)) {
      finding.related.push_back({origin_of(dockerfile, earlier->span), "the earlier stage"});
    }
  }
}

}  // namespace

extern constinit const Rule stage_duplicate{
    .info = checked({
        .id = "stage-duplicate",
        .title = "two stages have one name",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "CKV_DOCKER_11 DL3024 DS-0012 KICS-f2daed12 buildkit:DuplicateStageName",
        .fix = FixSafety::unsafe,
        .fix_summary = "rename the later stage and what refers to it",
        .why = "Names of stages are told apart without regard to case. With two of one name, COPY --from and --target "
               "mean one of them, and a reader has to know which.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20 AS build\nFROM alpine:3.20 AS build\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20 AS build\nFROM alpine:3.20 AS run\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3024 "
                      "https://docs.docker.com/reference/build-checks/duplicate-stage-name/",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
