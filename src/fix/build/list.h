// The list of commands that a RUN is: commands put before its first, behind its last, or taken out. In the RUN's own
// manner of continuation; heredocs that are the script are written in, others are left alone.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

// `&& command` behind the last command: runs only when those before did, and fails the RUN as it did before. Refuses
// exec form, scripts that were not read to their end, and lists whose end cannot take another: `a &`, `exec a`, a
// redirection of a whole block.
std::expected<Edit, Refusal> append_command(const Place& place, const Instruction& run, std::string_view command);

// What goes between a RUN's last command and one more in the manner of the RUN, when more lines come between.
struct LineJoint {
  std::size_t at = 0;      // behind the last command
  std::string line_end;    // from there to the end of the line, its line end with it
  std::string line_begin;  // in front of what follows
};
std::expected<LineJoint, Refusal> joint_behind(const Place& place, const Instruction& run);

// `command && ` before the first command; in a heredoc that is the script, a line of its own.
std::expected<Edit, Refusal> prepend_command(const Place& place, const Instruction& run, std::string_view command);

// The command goes, with the && that joins it. Refused where it is not joined to both neighbours by && or stands alone.
std::expected<Edit, Refusal> without_command(const Place& place, const Instruction& run, const shell::Command& command);

// Do the commands run one after the other as long as they succeed: && and pipes alone, outside of blocks? Only then can
// something stand in front of it and stop it. Of a heredoc: does it stop at the first failure?
bool runs_while_good(const Instruction& run);

// Does the script end at its first command that fails: `set -e`, or a SHELL or reader with -e?
bool stops_at_failure(const Instruction& run);

}  // namespace oakum::fix::build
