#include <set>

#include "rules/build/secret_names.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void tell(const Instruction& instruction, const Argument& source, bool is_final, const Dockerfile& dockerfile,
          Judge& judge) {
  Finding& finding = judge.found(dockerfile, instruction, source.span,
                                 join({"copies ", quoted(source.value), ", which by its name holds credentials"}));
  if (!is_final) finding.severity = Severity::medium;
}

void check(const Dockerfile& dockerfile, Judge& judge) {
  std::set<const Stage*> final_stages;
  for (const Stage* stage : final_chain(dockerfile)) final_stages.insert(stage);
  for (const Stage& stage : dockerfile.stages) {
    for (const Instruction& instruction : instructions_of(dockerfile, stage)) {
      if (!is_copy(instruction)) continue;
      for (const Argument& source : sources_of(instruction)) {
        const bool is_file = source.known && !is_heredoc(source.text) && !is_url(source.value);
        if (is_file && is_secret_file(source.value)) {
          tell(instruction, source, final_stages.contains(&stage), dockerfile, judge);
        }
      }
    }
  }
}

}  // namespace

extern constinit const Rule secret_file_copied{
    .info = checked({
        .id = "secret-file-copied",
        .title = "a file with credentials is copied into the image",
        .severity = Severity::high,
        .practice = Practice::secret_delivery,
        .surfaces = "D",
        .aliases = "CIS-4.10 CIS-DI-0010",
        .fix = FixSafety::unsafe,
        .fix_summary = "use RUN --mount=type=secret where it is needed",
        .why = "What is copied stays in a layer of the image, also when a later step removes it, and whoever can pull "
               "the image can read it. A secret mount is there for one RUN and leaves nothing behind.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nCOPY .npmrc /root/.npmrc\nRUN npm ci\n"},
        .good = {Surface::dockerfile,
                 "FROM alpine:3.20\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n"},
        .references = "https://docs.docker.com/build/building/secrets/ https://www.cisecurity.org/benchmark/docker",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
