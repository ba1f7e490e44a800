// The shell scripts of a Dockerfile: RUN in both forms, and CMD, ENTRYPOINT, HEALTHCHECK CMD in shell form.
#pragma once

#include "read/dockerfile/parse.h"

namespace oakum::dockerfile {

// Fills instruction.script when a POSIX shell runs it, or nothing but RUN's own JSON array. `heredocs_in_file` is
// everything from the first heredoc's body to the last terminator's end; empty without heredocs. `state` is what holds
// before the instruction.
void read_script(Instruction& instruction, const Logical& line, Range heredocs_in_file, const BuildState& state,
                 Context& context);

}  // namespace oakum::dockerfile
