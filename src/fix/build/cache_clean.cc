#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "fix/build/base.h"
#include "fix/build/edit.h"
#include "fix/build/list.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

// How each manager is told to keep nothing. A flag at the call, where there is one, else a command behind the last.
// The other way, --mount=type=cache, keeps what is fetched for the next build, but asks for BuildKit and for settings
// of the image (Debian's docker-clean): that is a choice, and this one is right everywhere.
struct Cleaning {
  std::string_view tool, flag, command;
};
constexpr Cleaning kCleanings[] = {
    {"apk", "--no-cache", ""},
    {"apt", "", "rm -rf /var/lib/apt/lists/*"},
    {"apt-get", "", "rm -rf /var/lib/apt/lists/*"},
    {"aptitude", "", "rm -rf /var/lib/apt/lists/*"},
    {"dnf", "", "dnf clean all"},
    {"dnf5", "", "dnf5 clean all"},
    {"microdnf", "", "microdnf clean all"},
    {"pip", "--no-cache-dir", ""},
    {"tdnf", "", "tdnf clean all"},
    {"yarn", "", "yarn cache clean"},
    {"yum", "", "yum clean all"},
    {"zypper", "", "zypper clean --all"},
};

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// The manager that a command calls; "pip" for pip3 and python -m pip too.
std::string_view tool_of(const shell::Command& command) {
  const std::size_t at = shell::unwrapped(command);
  if (at >= command.words.size()) return {};
  const std::string_view program = base_name(command.words[at].text);
  const bool python = program.starts_with("python") && command.has_word("-m") && command.has_word("pip");
  return program.starts_with("pip") || python ? "pip" : program;
}

bool is_apt(std::string_view tool) { return tool == "apt" || tool == "apt-get" || tool == "aptitude"; }

bool does(const shell::Command& command, std::initializer_list<std::string_view> subcommands) {
  return std::ranges::any_of(subcommands, [&](std::string_view word) { return command.has_word(word); });
}

// Uses lists that somebody else has fetched.
bool needs_lists(const Instruction& run) {
  if (run.kind != InstructionKind::run || !run.script) return false;
  for (const shell::Command& command : run.script->commands) {
    if (!is_apt(tool_of(command))) continue;
    if (command.has_word("update")) return false;
    if (does(command, {"install", "upgrade", "dist-upgrade", "full-upgrade", "build-dep", "source", "download"}))
      return true;
  }
  return false;
}

// Does the stage, or one that is built on it, install from the lists that this RUN leaves?
bool lists_are_needed(const Place& place) {
  const Dockerfile& file = *place.file;
  for (const Stage& stage : file.stages) {
    const Stage* at = &stage;
    while (at != place.stage && at->parent && *at->parent < static_cast<std::size_t>(at - file.stages.data()))
      at = &file.stages[*at->parent];
    if (at != place.stage) continue;
    for (const Instruction& later : instructions_of(file, stage)) {
      if (later.span.begin > place.outer->span.begin && needs_lists(later)) return true;
    }
  }
  return false;
}

// Each call of the manager in this RUN that has no such flag.
Edits flags(const Place& place, const Cleaning& row, std::string_view subcommand) {
  Edits edits;
  for (const shell::Command& command : place.at->script->commands) {
    if (tool_of(command) != row.tool || command.has_word(row.flag) || command.has_word("--no-cache")) continue;
    const auto word = std::ranges::find(command.words, subcommand, &shell::Word::text);
    if (word != command.words.end()) edits.push_back(word_after(place, *word, row.flag));
  }
  return edits;
}

// `&& rm -rf /var/cache/apk/*` has nothing left to do when no index is fetched.
void drop_rm(const Place& place, Edits& edits) {
  const auto& commands = place.at->script->commands;
  const bool fetches = std::ranges::any_of(commands, [](const shell::Command& command) {
    return tool_of(command) == "apk" && !command.has_word("add") && !command.has_word("del");
  });
  if (fetches) return;
  for (const shell::Command& command : commands) {
    if (command.name() != "rm") continue;
    const auto operands =
        std::ranges::count_if(command.words, [](const shell::Word& word) { return !word.text.starts_with('-'); });
    if (operands != 2 || !command.words.back().text.starts_with("/var/cache/apk")) continue;
    if (auto edit = without_command(place, *place.at, command)) edits.push_back(std::move(*edit));
  }
}

// From its second version on, programs may run out of Yarn's cache.
Planned yarn(const Place& place, const shell::Command& install) {
  if (install.has_word("--immutable"))
    return refuse("this is Yarn 2 or later, whose cache the program may need: clean up by hand where it does not");
  Planned result = answer(append_command(place, *place.at, "yarn cache clean"));
  if (result && !install.has_word("--frozen-lockfile")) {
    result->safety = FixSafety::unsafe;
    result->note = "from Yarn 2 on, a program may run out of the cache: leave it there then";
  }
  return result;
}

Planned plan(const Place& place, const WordAt& at, const Context& context) {
  const std::string_view tool = tool_of(*at.command);
  const auto* row = std::ranges::find(kCleanings, tool, &Cleaning::tool);
  if (row == std::end(kCleanings)) return refuse("how \"" + printable(tool, 40) + "\" is cleaned is not known");
  if (!row->flag.empty()) {
    if (at.command->has_word("--no-network"))
      return refuse("without a network the index has to stay: clean up by hand");
    Edits edits = flags(place, *row, at.word().text);
    if (tool == "apk") drop_rm(place, edits);
    return answer(std::move(edits));
  }
  if (is_apt(tool) && lists_are_needed(place))
    return refuse("a later RUN installs from these lists: join the two, and clean up at the end");
  if (at.command->name() == "sudo" && root_before(place, context) != true)
    return refuse("root's files can only be removed by root: move the RUN before USER, and take sudo out");
  if (tool == "yarn") return yarn(place, *at.command);
  return answer(append_command(place, *place.at, row->command));
}

}  // namespace

extern constinit const Remedy cache_clean{"cache-clean", at_word<plan>};

}  // namespace oakum::fix::build
