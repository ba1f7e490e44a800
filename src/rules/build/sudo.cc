#include <algorithm>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

bool is_sudo(std::string_view word) { return word == "sudo" || word.ends_with("/sudo"); }

void check(const shell::Command& command, const RunView& view, Judge& judge) {
  const std::size_t end = std::min(command.program + 1, command.words.size());
  for (std::size_t i = 0; i < end; ++i) {
    if (!is_sudo(command.words[i].text)) continue;
    Finding& finding = judge.found(view.dockerfile, view.instruction, command.words[i].span,
                                   "sudo changes the user behind the builder's back");
    only_aliases(finding, {"CKV2_DOCKER_1", "DKL-DI-0001", "DL3004", "DS-0010", "KICS-8ada6e80"});
    return;
  }
}

// A script given as text: sudo where a command begins.
bool calls_sudo(std::string_view script) {
  bool at_command = true;
  while (!script.empty()) {
    const std::size_t begin = script.find_first_not_of(" \t\n");
    if (begin == std::string_view::npos) return false;
    at_command = at_command || script.substr(0, begin).find('\n') != std::string_view::npos;
    script.remove_prefix(begin);
    const std::size_t end = std::min(script.find_first_of(" \t\n"), script.size());
    const std::string_view word = script.substr(0, end);
    if (at_command && is_sudo(word)) return true;
    at_command = word == "exec" || word.find_first_of(";&|(", word.size() - 1) != std::string_view::npos;
    script.remove_prefix(end);
  }
  return false;
}

void check_line(const Field<CommandLine>& line, const Workload& workload, Judge& judge) {
  if (!line.known() || line->arguments.empty()) return;
  const auto& words = line->arguments;
  const bool script = line->shell_form || (words.size() > 2 && words[1].starts_with('-') && words[1].ends_with('c'));
  if (!is_sudo(words.front()) && !(script && calls_sudo(words[line->shell_form ? 0 : 2]))) return;
  Finding& finding = judge.found(workload, line.origin(), "is started through sudo, which needs a way to root inside");
  only_aliases(finding, {});
  if (workload.surface == Surface::kubernetes) add_alias(finding, "C-0062");
}

void check_workload(const Workload& workload, Judge& judge) {
  check_line(workload.entrypoint, workload, judge);
  check_line(workload.command, workload, judge);
}

}  // namespace

extern constinit const Rule sudo{
    .info = checked({
        .id = "sudo",
        .title = "sudo is used",
        .severity = Severity::medium,
        .practice = Practice::non_root,
        .surfaces = "DICKR",
        .aliases = "C-0062 CKV2_DOCKER_1 DKL-DI-0001 DL3004 DS-0010 KICS-8ada6e80",
        .fix = FixSafety::unsafe,
        .fix_summary = "run the step as root before the USER instruction, and leave sudo out of the image",
        .why = "A build step that needs root has it before USER. An image that holds sudo, and a user who may call it, "
               "gives root to whoever takes over the process: the USER instruction then protects nothing.",
        .bad = {Surface::dockerfile, "FROM debian:12\nUSER app\nRUN sudo mkdir /data\n"},
        .good = {Surface::dockerfile, "FROM debian:12\nRUN mkdir /data\nUSER app\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3004 "
                      "https://docs.docker.com/build/building/best-practices/#user",
    }),
    .checks = {.workload = check_workload, .command = check, .history = true},
};

}  // namespace oakum::rules
