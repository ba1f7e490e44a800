#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/ignore.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// `dir` may be left out while "!dir/file" lets something below it in again.
bool let_in_below(const std::vector<IgnorePattern>& patterns, const std::string& path) {
  return std::ranges::any_of(patterns, [&](const IgnorePattern& pattern) {
    return pattern.negated && context_path(pattern.text).starts_with(path + "/");
  });
}

bool has_wildcard(std::string_view source) { return source.find_first_of("*?[") != std::string_view::npos; }

void judge_source(const Instruction& copy, const Argument& source, const Dockerfile& dockerfile, Judge& judge) {
  const std::string path = context_path(source.value);
  if (source.value.starts_with("../")) {
    only_aliases(judge.found(dockerfile, copy, source.span,
                             join({quoted(source.value), " is outside the build context; the builder takes ",
                                   quoted(path), " inside it"})),
                 {});
  }
  if (!dockerfile.ignore || path.empty() || !is_ignored(*dockerfile.ignore, path)) return;
  if (let_in_below(*dockerfile.ignore, path)) return;
  judge.found(dockerfile, copy, source.span,
              join({"copies ", quoted(source.value), ", which .dockerignore keeps out of the build"}));
}

void check(const Dockerfile& dockerfile, Judge& judge) {
  constexpr std::size_t kMostComparisons = 2'000'000;
  std::size_t left = kMostComparisons;
  const std::size_t cost = dockerfile.ignore ? dockerfile.ignore->size() + 1 : 1;
  for (const Instruction& instruction : dockerfile.instructions) {
    if (!is_copy(instruction)) continue;
    for (const Argument& source : sources_of(instruction)) {
      if (!from_context(instruction, source) || has_wildcard(source.value)) continue;
      if (left < cost) {
        judge.could_not(origin_of(dockerfile, source.span), stage_name(dockerfile, instruction.stage),
                        "there are too many sources and patterns of .dockerignore to compare from here on");
        return;
      }
      left -= cost;
      judge_source(instruction, source, dockerfile, judge);
    }
  }
}

}  // namespace

extern constinit const Rule copy_ignored{
    .info = checked({
        .id = "copy-ignored",
        .title = "COPY of what the builder does not get",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "buildkit:CopyIgnoredFile",
        .why = "What .dockerignore leaves out, or lies outside the context, is not sent to the builder, so a COPY of "
               "it fails, or copies something else than it seems to.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nCOPY ../app /app/\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nCOPY app /app/\n"},
        .references = "https://docs.docker.com/reference/build-checks/copy-ignored-file/ "
                      "https://docs.docker.com/build/concepts/context/#dockerignore-files",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
