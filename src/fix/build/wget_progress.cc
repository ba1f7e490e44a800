#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "fix/build/base.h"
#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

namespace {

bool is_installer(std::string_view program) {
  constexpr std::array<std::string_view, 7> kInstallers = {"apk", "apt", "apt-get", "dnf", "microdnf", "yum", "zypper"};
  return std::ranges::find(kInstallers, program) != kInstallers.end();
}

// Whose wget is it? GNU's has --progress; BusyBox's refuses options that it does not know, and shares only -q with it.
bool is_gnu(const Place& place, const Context& context) {
  const Family family = family_of(place, context);
  if (family != Family::unknown && family != Family::alpine) return true;
  if (place.stage == nullptr) return false;
  for (const Instruction& instruction : instructions_of(*place.file, *place.stage)) {
    if (instruction.kind != InstructionKind::run || !instruction.script) continue;
    for (const shell::Command& command : instruction.script->commands) {
      const std::size_t at = shell::unwrapped(command);
      if (at < command.words.size() && is_installer(command.words[at].text) && command.has_word("wget")) return true;
    }
  }
  return false;
}

// Options that GNU's wget and BusyBox's have in common, and that are about what -q keeps back.
bool is_read(const shell::Command& command) {
  const auto keeps = [](const shell::Redirection& redirection) {
    return redirection.op.starts_with('2') || redirection.op.starts_with('&') || redirection.op == ">&";
  };
  return command.has_word("-S") || std::ranges::any_of(command.redirections, keeps);
}

Planned plan(const Place& place, const WordAt& at, const Context& context) {
  const bool busybox = at.index > 0 && at.command->words[at.index - 1].text.ends_with("busybox");
  if (!busybox && is_gnu(place, context)) return answer(word_after(place, at.word(), "--progress=dot:giga"));
  if (is_read(*at.command))
    return refuse("what it tells is used, and this wget can only be silent or not: see what is read of it");
  return answer(word_after(place, at.word(), "-q"));
}

}  // namespace

extern constinit const Remedy wget_progress{"wget-progress", at_word<plan>};

}  // namespace oakum::fix::build
