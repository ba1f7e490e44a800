#include <algorithm>
#include <string>
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

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  if (!is_copy(instruction)) return;
  for (const Argument& source : sources_of(instruction)) {
    if (!from_context(instruction, source) || source.value.find_first_of("*?[") != std::string::npos) continue;
    if (source.value.starts_with("../")) {
      const std::string inside = context_path(source.value);
      only_aliases(judge.found(dockerfile, instruction, source.span,
                               join({quoted(source.value), " is outside the build context; the builder takes ",
                                     quoted(inside), " inside it"})),
                   {});
    }
    if (!dockerfile.ignore) continue;
    const std::string path = context_path(source.value);
    if (path.empty() || !is_ignored(*dockerfile.ignore, path) || let_in_below(*dockerfile.ignore, path)) continue;
    judge.found(dockerfile, instruction, source.span,
                join({"copies ", quoted(source.value), ", which .dockerignore keeps out of the build"}));
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
    .checks = {.instruction = check},
};

}  // namespace oakum::rules
