// Secrets that a RUN is given by a mount, and lists of commands from which those go that a mount cannot have.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

// "NPM_TOKEN" → "npm_token", ".npmrc" → "npmrc".
std::string secret_id(std::string_view name);

bool has_secret(const Instruction& run, std::string_view id);

// `--mount=OPTIONS` behind the RUN's name. A user other than root is let read it.
Edit with_mount(const Place& run, std::string options, const Context& context);

// The commands of a RUN go, with what joins them to the others; all of them: the instruction. Refused where anything
// but && joins them, or they stand in a here-document.
std::expected<std::vector<Edit>, Refusal> without_commands(const Place& run, const std::vector<std::size_t>& indexes);

// The RUNs of the stage and of those built on it that stand behind the place.
std::vector<const Instruction*> instructions_behind(const Place& place);

// "" when none of `programs` (words separated by spaces) is run in it.
std::string_view program_in(const Instruction& run, std::string_view programs);

// How to build with this secret: from=`env=NAME` or `src=FILE`.
std::string how_to_build(std::string_view id, std::string_view from);

}  // namespace oakum::fix::build
