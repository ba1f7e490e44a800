#include "rules/build/options.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const shell::Command& command, const RunView& view, Judge& judge) {
  if (program_of(command) != "cd") return;
  judge.found(view.dockerfile, view.instruction, command.words.front().span,
              "the directory holds only to the end of this RUN: WORKDIR says it for what follows");
}

}  // namespace

extern constinit const Rule cd_in_run{
    .info = checked({
        .id = "cd-in-run",
        .title = "cd in a RUN",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3003 DS-0013 KICS-f4a6bcd3",
        .grade = Grade::style,
        .fix = FixSafety::unsafe,
        .fix_summary = "set the directory with WORKDIR, or name it where it is used",
        .why =
            "Every RUN starts in the directory that WORKDIR gave. Chains of cd are hard to follow, and a cd that fails "
            "in a list of commands lets the rest run in the wrong place.",
        .bad = {Surface::dockerfile, "FROM debian:12\nRUN cd /src && make\n"},
        .good = {Surface::dockerfile, "FROM debian:12\nWORKDIR /src\nRUN make\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3003 "
                      "https://docs.docker.com/build/building/best-practices/#workdir",
    }),
    .checks = {.command = check},
};

}  // namespace oakum::rules
