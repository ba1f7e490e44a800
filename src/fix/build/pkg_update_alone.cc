#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "fix/build/edit.h"
#include "fix/build/list.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

constexpr std::string_view kInstalls[] = {"add",          "build-dep", "dist-upgrade", "download", "dup",
                                          "full-upgrade", "in",        "install",      "patch",    "reinstall",
                                          "satisfy",      "up",        "upgrade"};

std::string_view tool_of(const shell::Command& command) {
  const std::size_t at = shell::unwrapped(command);
  if (at >= command.words.size()) return {};
  const std::string_view path = command.words[at].text;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name == "apt" || name == "aptitude" ? "apt-get" : name;
}

bool installs(const Instruction& run, std::string_view tool) {
  return std::ranges::any_of(run.script->commands, [&](const shell::Command& command) {
    return tool_of(command) == tool &&
           std::ranges::any_of(kInstalls, [&](std::string_view word) { return command.has_word(word); });
  });
}

// The next RUN of the stage that installs with that manager.
const Instruction* next_install(const Place& place, std::string_view tool) {
  for (const Instruction& later : instructions_of(*place.file, *place.stage)) {
    if (later.span.begin > place.outer->span.begin && later.kind == InstructionKind::run && later.script &&
        installs(later, tool))
      return &later;
  }
  return nullptr;
}

// The command moves to the front of the RUN that installs.
Planned plan(const Place& place, const WordAt& at, const Context&) {
  if (place.outer != place.at || place.at->json_form) return refuse("join it with the RUN that installs by hand");
  const Instruction* install = next_install(place, tool_of(*at.command));
  if (install == nullptr) return refuse("no later RUN of this stage installs anything: take it out");
  const std::string_view update = place.raw(at.command->span);
  if (update.find('\n') != std::string_view::npos || at.command->depth > 0)
    return refuse("it is a part of something larger: join it with the RUN that installs by hand");
  if (!runs_while_good(*install))
    return refuse("the RUN in line " + std::to_string(install->span.line) +
                  " goes on when a command fails: join the two by hand");
  if (install->before.user != place.at->before.user)
    return refuse("the RUN that installs has another user: join the two by hand");
  auto front = prepend_command(place, *install, update);
  if (!front) return std::unexpected(std::move(front.error()));
  if (place.at->script->commands.size() == 1) return answer({without(place, *place.outer), std::move(*front)});
  auto out = without_command(place, *place.at, *at.command);
  if (!out) return std::unexpected(std::move(out.error()));
  return answer({std::move(*out), std::move(*front)});
}

}  // namespace

extern constinit const Remedy pkg_update_alone{"pkg-update-alone", at_word<plan>};

}  // namespace oakum::fix::build
