// Calls of package managers in a RUN: who is called to do what, with which options, on which packages. The view that
// hadolint has of them: through wrappers (sudo, env, …), options anywhere, `python -m pip` as pip.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/shell.h"
#include "rules/build/options.h"

namespace oakum::rules {

enum class Manager : std::uint8_t {
  apk,
  apt,  // apt-get, apt, aptitude
  cargo,
  composer,
  conda,  // also mamba, micromamba
  dnf,    // also microdnf, tdnf
  gem,
  go,
  npm,             // also pnpm
  php_extensions,  // install-php-extensions: no subcommand
  pip,
  yarn,
  yum,
  zypper,
};

struct PackageCommand {
  Manager manager = Manager::apt;
  std::string_view tool;        // "microdnf"; "pip" for python -m pip
  std::string_view scope;       // "global" of yarn and composer, "module" and "group" of yum and dnf; "" without
  std::string_view subcommand;  // "install"; "" without one
  const shell::Word* tool_word = nullptr;
  const shell::Word* subcommand_word = nullptr;  // tool_word without one
  Options arguments;                             // operands: those behind the subcommand

  bool does(std::string_view subcommands) const { return is_listed(subcommands, subcommand); }
  // Installs what its operands name.
  bool installs() const;
  // The peers' rules about the manager look for this tool: apt-get, not apt or aptitude; dnf, not tdnf.
  bool is_usual_tool() const { return !is_listed("apt aptitude dnf5 mamba micromamba pnpm tdnf", tool); }
};

// nullopt for a command that calls no package manager. Borrows the command.
std::optional<PackageCommand> package_command(const shell::Command& command);
// The same of each command of a script, for rules that look at it more than once.
std::vector<std::optional<PackageCommand>> package_commands(const shell::Script& script);

}  // namespace oakum::rules
