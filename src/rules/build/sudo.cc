#include <algorithm>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const shell::Command& command, const RunView& view, Judge& judge) {
  const std::size_t end = std::min(shell::unwrapped(command) + 1, command.words.size());
  for (std::size_t i = 0; i < end; ++i) {
    const std::string& text = command.words[i].text;
    if (text != "sudo" && !text.ends_with("/sudo")) continue;
    judge.found(view.dockerfile, view.instruction, command.words[i].span,
                "sudo changes the user behind the builder's back");
    return;
  }
}

}  // namespace

extern constinit const Rule sudo{
    .info = checked({
        .id = "sudo",
        .title = "a build step uses sudo",
        .severity = Severity::medium,
        .practice = Practice::non_root,
        .surfaces = "D",
        .aliases = "CKV2_DOCKER_1 DKL-DI-0001 DL3004 DS-0010 KICS-8ada6e80",
        .fix = FixSafety::unsafe,
        .fix_summary = "run the step as root before the USER instruction, and leave sudo out of the image",
        .why = "A build step that needs root has it before USER. An image that holds sudo, and a user who may call it, "
               "gives root to whoever takes over the process: the USER instruction then protects nothing.",
        .bad = {Surface::dockerfile, "FROM debian:12\nUSER app\nRUN sudo mkdir /data\n"},
        .good = {Surface::dockerfile, "FROM debian:12\nRUN mkdir /data\nUSER app\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3004 "
                      "https://docs.docker.com/build/building/best-practices/#user",
    }),
    .checks = {.command = check},
};

}  // namespace oakum::rules
