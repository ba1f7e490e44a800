// The final image of a Dockerfile: the stages it is made of, and where its last words stand.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fix/build/edit.h"
#include "fix/build/place.h"

namespace oakum::fix::build {

// The stage that is shipped; nullptr without stages.
const Stage* shipped_stage(const Dockerfile& file);
// The stage and those that it is built on, the lowest first.
std::vector<const Stage*> chain_of(const Dockerfile& file, const Stage& stage);
// Their instructions (not of ONBUILD), in the order in which they are run.
std::vector<const Instruction*> steps_of(const Dockerfile& file, const Stage& stage);

// The same file, at another instruction of it.
Place at_instruction(const Place& place, const Instruction& instruction);

// Can a RUN of this stage have commands of a POSIX shell? Yes where the base has one for sure: its family is known, its
// files are, or a RUN is there already.
bool has_shell(const Place& place, const Context& context);

// Where an instruction that is to hold for what the image starts is put: in front of CMD, ENTRYPOINT and HEALTHCHECK
// that stand behind all that is run or copied, with the comments above them; else at the stage's end.
struct LastWords {
  const Instruction* before = nullptr;  // nullptr: behind `behind`
  const Instruction* behind = nullptr;
};
LastWords last_words(const Dockerfile& file, const Stage& stage);
std::expected<Edit, Refusal> put_last(const Place& place, const Stage& stage, std::string_view lines);

// `lines` in front of the instruction and of the comments right above it.
Edit lines_above(const Place& place, const Instruction& instruction, std::string_view lines);

// What a word of the file's text refers to: "$NAME", "${NAME}", "${NAME:-…}".
bool mentions_variable(std::string_view text, std::string_view name);

}  // namespace oakum::fix::build
