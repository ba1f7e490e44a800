#include <algorithm>
#include <vector>

#include "rules/build/options.h"
#include "rules/build/run.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// -e, alone or in a cluster ("-eux", "-ec"), or the end of a shebang; "-o errexit" too.
bool is_errexit(std::string_view word) {
  return word == "errexit" ||
         (word.size() > 1 && word[0] == '-' && word[1] != '-' && word.find('e') != std::string_view::npos);
}

bool stops_by_shell(const Instruction& run) {
  return std::ranges::any_of(run.before.shell, [](const std::string& word) { return is_errexit(word); });
}

// #!/bin/bash -eu
bool stops_by_shebang(std::string_view body) {
  if (!body.starts_with("#!")) return false;
  std::string_view line = body.substr(0, body.find('\n'));
  const std::size_t option = line.find(" -");
  return option != std::string_view::npos && is_errexit(line.substr(option + 1));
}

bool sets_errexit(const shell::Command& command) {
  return program_of(command) == "set" &&
         std::ranges::any_of(arguments_of(command), [](const shell::Word& word) { return is_errexit(word.text); });
}

// The command in front of the heredoc: `bash -e <<EOF`.
bool reader_stops(const shell::Command& command) {
  return is_listed("sh bash ash dash ksh zsh", program_of(command)) &&
         std::ranges::any_of(arguments_of(command), [](const shell::Word& word) { return is_errexit(word.text); });
}

bool is_inside(const Span& span, const Span& body) { return span.begin >= body.begin && span.begin < body.end; }

// A command whose failure the next one does not notice.
const shell::Command* unnoticed(const Instruction& run, const Heredoc& heredoc) {
  const shell::Command* before = nullptr;
  for (const shell::Command& command : run.script->commands) {
    if (!is_inside(command.span, heredoc.body)) {
      if (reader_stops(command)) return nullptr;
      continue;
    }
    if (sets_errexit(command)) return nullptr;
    const bool next = before != nullptr && command.depth <= before->depth && command.joint == shell::Joint::semicolon;
    if (next && !before->checked) return before;
    const bool can_fail =
        !is_listed("echo printf set export exit return true :", program_of(command)) && !command.words.empty();
    if (before == nullptr || command.depth <= before->depth) before = can_fail ? &command : nullptr;
  }
  return nullptr;
}

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  if (!instruction.script || instruction.heredocs.size() != 1) return;
  const Heredoc& heredoc = instruction.heredocs.front();
  if (stops_by_shell(instruction) || stops_by_shebang(heredoc.content) || !is_posix_shell(instruction)) return;
  const shell::Command* command = unnoticed(instruction, heredoc);
  if (command == nullptr) return;
  Finding& finding = judge.found(dockerfile, instruction, heredoc.marker,
                                 join({"goes on when ", quoted(command->name()), " fails: set -e is missing"}));
  finding.related.push_back({origin_of(dockerfile, command->span, instruction.name), "its failure is not seen"});
}

}  // namespace

extern constinit const Rule heredoc_set_e{
    .info = checked({
        .id = "heredoc-set-e",
        .title = "a heredoc RUN goes on after a failure",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "",
        .fix = FixSafety::unsafe,
        .fix_summary = "begin the heredoc with set -e",
        .why = "Commands joined with && stop at the first failure; the lines of a heredoc do not. Only the last one "
               "decides "
               "whether the build fails, so a download or an install that failed goes unseen into the image.",
        .bad = {Surface::dockerfile, "FROM debian:12\nRUN <<EOF\napt-get update\napt-get install -y curl\nEOF\n"},
        .good = {Surface::dockerfile,
                 "FROM debian:12\nRUN <<EOF\nset -e\napt-get update\napt-get install -y curl\nEOF\n"},
        .references = "https://docs.docker.com/reference/dockerfile/#here-documents "
                      "https://github.com/hadolint/hadolint/issues/882",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::run}},
};

}  // namespace oakum::rules
