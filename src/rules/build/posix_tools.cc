#include "rules/build/options.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

constexpr std::string_view kTools = "ssh vim shutdown service ps free top kill mount ifconfig nano";

void check(const shell::Command& command, const RunView& view, Judge& judge) {
  const std::string_view program = program_of(command);
  if (program.empty() || !is_listed(kTools, program)) return;
  judge.found(view.dockerfile, view.instruction, program_word(command)->span,
              join({quoted(program), " has no use in a build step"}));
}

}  // namespace

extern constinit const Rule posix_tools{
    .info = checked({
        .id = "posix-tools",
        .title = "a command that makes no sense in a container's build",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3001 KICS-9b6b0f38",
        .fix = FixSafety::advice,
        .fix_summary = "leave it out: nobody is logged in, no service runs, and mounts do not last",
        .why = "Nothing of what such a command does is kept in the image: started services end with the step, mounts "
               "vanish, and nobody sees a screen. It is mostly left over from setting up a virtual machine.",
        .bad = {Surface::dockerfile, "FROM debian:12\nRUN service ssh start\n"},
        .good = {Surface::dockerfile, "FROM debian:12\nCMD [\"/usr/sbin/sshd\", \"-D\"]\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3001",
    }),
    .checks = {.command = check},
};

}  // namespace oakum::rules
