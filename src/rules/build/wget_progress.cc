#include "rules/build/options.h"
#include "rules/build/run.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const shell::Command& command, const RunView& view, Judge& judge) {
  if (program_of(command) != "wget") return;
  const Options options = parse_options(arguments_of(command), wget_options());
  if (options.has({"progress", "q", "quiet", "no-verbose", "o", "output-file", "a", "append-output", "version", "V",
                   "help", "h", "spider"}))
    return;
  // -nv is two letters of one option.
  for (const Option& option : options.options) {
    if (option.word->text.starts_with("-nv")) return;
  }
  judge.found(view.dockerfile, view.instruction, program_word(command)->span,
              "wget fills the build's log with its progress: --progress=dot:giga is missing");
}

}  // namespace

extern constinit const Rule wget_progress{
    .info = checked({
        .id = "wget-progress",
        .title = "wget without --progress",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3047",
        .grade = Grade::style,
        .fix = FixSafety::safe,
        .fix_summary = "add --progress=dot:giga, or -nv",
        .why =
            "Where there is no terminal, wget prints a line for every 50 KB. A large download makes thousands of them, "
            "and what went wrong in the build is lost in between.",
        .bad = {Surface::dockerfile, "FROM debian:12\nRUN wget https://example.org/big.iso\n"},
        .good = {Surface::dockerfile, "FROM debian:12\nRUN wget --progress=dot:giga https://example.org/big.iso\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3047",
    }),
    .checks = {.command = check},
};

}  // namespace oakum::rules
