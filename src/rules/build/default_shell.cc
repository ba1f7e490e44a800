#include <algorithm>

#include "rules/build/options.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const shell::Command& command, const RunView& view, Judge& judge) {
  if (program_of(command) != "ln") return;
  const auto words = arguments_of(command);
  const auto target = std::ranges::find(words, "/bin/sh", &shell::Word::text);
  if (target == words.end()) return;
  judge.found(view.dockerfile, view.instruction, target->span, "links another shell over /bin/sh");
}

}  // namespace

extern constinit const Rule default_shell{
    .info = checked({
        .id = "default-shell",
        .title = "/bin/sh is replaced by another shell",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL4005 KICS-8a301064",
        .fix = FixSafety::unsafe,
        .fix_summary = "say which shell runs the build steps: SHELL [\"/bin/bash\", \"-c\"]",
        .why =
            "Scripts of the distribution's packages expect the /bin/sh they were tested with, and the link changes it "
            "for the running container too. SHELL changes it for the build steps alone, in plain sight.",
        .bad = {Surface::dockerfile, "FROM debian:12\nRUN ln -sf /bin/bash /bin/sh\n"},
        .good = {Surface::dockerfile, "FROM debian:12\nSHELL [\"/bin/bash\", \"-c\"]\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL4005 "
                      "https://docs.docker.com/reference/dockerfile/#shell",
    }),
    .checks = {.command = check},
};

}  // namespace oakum::rules
