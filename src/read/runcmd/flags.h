// Inside read/runcmd: every flag of `run` and `create`: docker 28, podman 5, and nerdctl 2 where it has its own.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "read/runcmd/fill.h"

namespace oakum::runcmd {

enum class Tool : std::uint8_t { docker = 1, podman = 2, nerdctl = 4 };

struct Flag {
  std::string_view name;     // without dashes
  char letter = '\0';        // of its short form
  bool takes_value = false;  // false: a boolean, with a value only behind '='
  std::uint8_t tools = 0;    // bits of Tool
  Fill fill = nullptr;
  bool list_of_commas = false;  // podman takes "a,b" for two values
  std::string_view alias_of{};  // "net" is "network"

  bool in(Tool tool) const { return (tools & static_cast<std::uint8_t>(tool)) != 0; }
  std::string_view canonical() const { return alias_of.empty() ? name : alias_of; }
};

std::span<const Flag> flags();  // sorted by name
// nullptr when none of the programs has such a flag; whether this one has it is Flag::in().
const Flag* flag_of(std::string_view name);
const Flag* flag_of_letter(char letter, Tool tool);
// The nearest name that the tool has, for "did you mean"; "".
std::string_view nearest_flag(std::string_view name, Tool tool);

}  // namespace oakum::runcmd
