#include <algorithm>
#include <functional>
#include <vector>

#include "rules/build/secret_names.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// Sources by their name, and a heredoc by that of the file it becomes.
std::vector<const Argument*> secrets_in(const Instruction& copy) {
  std::vector<const Argument*> found;
  const Argument* target = target_of(copy);
  for (const Argument& source : sources_of(copy)) {
    const Argument& named = is_heredoc(source.text) ? *target : source;
    if (named.known && !is_url(named.value) && is_secret_file(named.value)) found.push_back(&named);
  }
  return found;
}

void check(const Dockerfile& dockerfile, Judge& judge) {
  const std::vector<const Stage*> final_stages = final_chain(dockerfile);  // the last first: in falling order
  for (const Stage& stage : dockerfile.stages) {
    const bool ends_up = std::ranges::binary_search(final_stages, &stage, std::ranges::greater());
    for (const Instruction& instruction : instructions_of(dockerfile, stage)) {
      if (!is_copy(instruction) || target_of(instruction) == nullptr) continue;
      for (const Argument* named : secrets_in(instruction)) {
        Finding& finding =
            judge.found(dockerfile, instruction, named->span,
                        join({"copies ", quoted(named->value), ", which by its name holds credentials"}));
        if (!ends_up) finding.severity = Severity::medium;
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
        .practice = Practice::scan_secrets,
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
