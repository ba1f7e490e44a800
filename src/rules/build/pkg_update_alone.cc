#include <algorithm>
#include <optional>
#include <vector>

#include "rules/build/options.h"
#include "rules/build/packages.h"
#include "rules/build/run.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

struct Index {
  Manager manager;
  std::string_view updates;    // subcommands that fetch the index
  std::string_view uses;       // those that use it
  std::string_view directory;  // where it is kept
};
constexpr Index kIndexes[] = {
    {Manager::apk, "update", "add upgrade fetch fix", "/var/cache/apk"},
    {Manager::apt, "update",
     "install upgrade dist-upgrade full-upgrade safe-upgrade build-dep source download satisfy reinstall",
     "/var/lib/apt/lists"},
    {Manager::zypper, "refresh ref", "install in update up patch dist-upgrade dup", "/var/cache/zypp"},
};

using Calls = std::vector<std::optional<PackageCommand>>;  // of each command of the script

void check_manager(const Index& row, const Instruction& run, const Calls& calls, const Dockerfile& dockerfile,
                   Judge& judge) {
  const PackageCommand* update = nullptr;
  for (const auto& call : calls) {
    if (!call || call->manager != row.manager) continue;
    if (call->does(row.uses)) return;
    if (update == nullptr && call->does(row.updates)) update = &*call;
  }
  if (update == nullptr || is_mounted_away(run, row.directory)) return;
  judge.found(dockerfile, run, update->subcommand_word->span,
              join({quoted(join({update->tool, " ", update->subcommand})), " stands in a RUN that installs nothing"}));
}

// A script of the user's own may install whatever it likes.
bool may_install(const shell::Command& command) {
  const std::string_view program = program_of(command);
  return program.ends_with(".sh") || program.find("install") != std::string_view::npos;
}

// One of `updates` is among the words.
bool may_update(const shell::Command& command) {
  return std::ranges::any_of(command.words, [](const shell::Word& word) {
    return word.text == "update" || word.text == "refresh" || word.text == "ref";
  });
}

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  if (!instruction.script) return;
  const std::vector<shell::Command>& commands = instruction.script->commands;
  if (std::ranges::none_of(commands, may_update) || std::ranges::any_of(commands, may_install)) return;
  const Calls calls = package_commands(*instruction.script);
  for (const Index& row : kIndexes) check_manager(row, instruction, calls, dockerfile, judge);
}

}  // namespace

extern constinit const Rule pkg_update_alone{
    .info = checked({
        .id = "pkg-update-alone",
        .title = "the package index is updated in a RUN of its own",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "DI",
        .aliases = "CIS-4.7 CIS-DI-0007 CKV_DOCKER_5 DS-0017 KICS-9bae49be",
        .fix = FixSafety::unsafe,
        .fix_summary = "join it with the RUN that installs: update && install",
        .why = "The layer with the index is cached. When the next RUN changes, it installs from an index that may be "
               "months old: packages are missing, or come without their security fixes.",
        .bad = {Surface::dockerfile, "FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n"},
        .good = {Surface::dockerfile, "FROM debian:12\nRUN apt-get update && apt-get install -y curl\n"},
        .references = "https://docs.docker.com/build/building/best-practices/#apt-get",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::run}, .history = true},
};

}  // namespace oakum::rules
