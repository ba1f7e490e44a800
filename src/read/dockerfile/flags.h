// "--name=value" in front of an instruction's arguments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile.h"
#include "read/dockerfile/logical.h"

namespace oakum::dockerfile {

struct RawFlag {
  std::string text;  // quotes and escapes taken out, dashes kept
  Range range;
};

// Takes the flags off the front of `range`; a lone "--" ends them.
std::vector<RawFlag> take_flags(std::string_view text, Range& range);

InstructionFlag flag_of(const RawFlag& raw);

// What the builder says against the flags of an instruction, "" for nothing: unknown, given twice, without value.
std::string flag_problem(const Instruction& instruction, const InstructionFlag& flag, bool given_before);

// --mount=type=…,…: fills `options`; "" or what the builder says against it.
std::string read_mount(InstructionFlag& flag);

// Durations of HEALTHCHECK, modes of RUN: "" or what the builder says against the value.
std::string value_problem(const Instruction& instruction, const InstructionFlag& flag);

}  // namespace oakum::dockerfile
