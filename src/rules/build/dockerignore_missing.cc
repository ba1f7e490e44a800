#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// The argument that takes the whole context; nullptr when none does.
const Argument* whole_context(const Instruction& instruction) {
  if (!is_copy(instruction)) return nullptr;
  for (const Argument& source : sources_of(instruction)) {
    if (from_context(instruction, source) && context_path(source.value).empty()) return &source;
  }
  return nullptr;
}

void check(const Dockerfile& dockerfile, Judge& judge) {
  if (dockerfile.ignore) return;
  for (const Instruction& instruction : dockerfile.instructions) {
    const Argument* source = whole_context(instruction);
    if (source == nullptr) continue;
    if (dockerfile.context.empty()) {
      judge.could_not(origin_of(dockerfile, source->span), stage_name(dockerfile, instruction.stage),
                      "what is copied here depends on the build context and its .dockerignore, which are not known; "
                      "check the file in its directory");
    } else {
      judge.found(dockerfile, instruction, source->span,
                  join({instruction.name, " takes the whole context, and no .dockerignore keeps anything out"}));
    }
    return;
  }
}

}  // namespace

extern constinit const Rule dockerignore_missing{
    .info = checked({
        .id = "dockerignore-missing",
        .title = "the whole context is copied and there is no .dockerignore",
        .severity = Severity::low,
        .practice = Practice::scan_secrets,
        .surfaces = "D",
        .fix = FixSafety::unsafe,
        .fix_summary = "write a .dockerignore",
        .why = "Without a .dockerignore everything in the directory goes to the builder and into the image: the Git "
               "history, local settings, keys, the last build. It makes builds slow and images leak.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nCOPY . /app\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nCOPY src /app\n"},
        .references = "https://docs.docker.com/build/concepts/context/#dockerignore-files",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
