#include "rules/build/options.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const shell::Command& command, const RunView& view, Judge& judge) {
  if (program_of(command) != "apt") return;
  judge.found(view.dockerfile, view.instruction, program_word(command)->span,
              "apt is made for people at a terminal; scripts call apt-get or apt-cache");
}

}  // namespace

extern constinit const Rule apt_not_apt_get{
    .info = checked({
        .id = "apt-not-apt-get",
        .title = "apt is used instead of apt-get",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "CKV_DOCKER_9 DL3027 KICS-b84a0b47",
        .fix = FixSafety::safe,
        .fix_summary = "call apt-get (apt-cache for search and show)",
        .why = "The authors of apt keep its options and output free to change between releases, and it says so itself "
               "when it is used in a script. apt-get and apt-cache do the same and stay as they are.",
        .bad = {Surface::dockerfile, "FROM debian:12\nRUN apt install -y curl\n"},
        .good = {Surface::dockerfile, "FROM debian:12\nRUN apt-get install -y curl\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3027 "
                      "https://manpages.debian.org/bookworm/apt/apt.8.en.html#SCRIPT_USAGE",
    }),
    .checks = {.command = check},
};

}  // namespace oakum::rules
