// What each instruction takes, as a table.
#pragma once

#include <string_view>

#include "model/dockerfile.h"

namespace oakum::dockerfile {

// How the text behind name and flags is split.
enum class Form : unsigned char {
  words,        // at white space
  list,         // JSON array or words: ADD, COPY, VOLUME
  command,      // JSON array or the text as one: RUN, CMD, ENTRYPOINT
  whole,        // the text as one
  assignments,  // ENV, LABEL
  args,         // ARG
  healthcheck,
  onbuild,
  shell,  // JSON array only
};

struct Grammar {
  InstructionKind kind = InstructionKind::unknown;
  std::string_view name;
  Form form = Form::words;
  unsigned least = 0;       // arguments
  std::string_view wanted;  // said when there are fewer
  bool expands = false;     // ARG and ENV variables in arguments
};

const Grammar* grammar_of(std::string_view upper_case_name);  // nullptr: no instruction
const Grammar* grammar_of(InstructionKind kind);              // nullptr: unknown
std::string_view nearest_instruction(std::string_view upper_case_name);

}  // namespace oakum::dockerfile
