// Edits of a Dockerfile: instructions as whole lines, and words inside them. Always on the offsets of the file as it
// is, in its own line ends and indentation; a Dockerfile inside a Compose file keeps its block's.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "fix/build/place.h"
#include "fix/kit/remedy.h"
#include "model/edit.h"

namespace oakum::fix::build {

using Edits = std::vector<Edit>;

// `lines` (parted by "\n", none at the end) as lines of their own before or behind all lines of the instruction, with
// its indentation. Behind one whose last line ends in a continuation nothing can stand: refused.
Edit lines_before(const Place& place, const Instruction& instruction, std::string_view lines);
std::expected<Edit, Refusal> lines_after(const Place& place, const Instruction& instruction, std::string_view lines);
// All its lines go, heredocs included. Comments above it stay.
Edit without(const Place& place, const Instruction& instruction);
// The same of the place's own instruction, refused where a comment would be lost with it, or where one above it
// silences findings and would then stand over the next instruction.
std::expected<Edit, Refusal> without_itself(const Place& place);

// A word of an instruction (not of a script) becomes another; refused where a continuation runs through it, which is
// not the fix's to take out.
std::expected<Edit, Refusal> other_piece(const Place& place, const Span& span, std::string text);

// Does a comment above it silence findings (`# hadolint ignore=…`, `# checkov:skip=…`)? It is about that instruction.
bool is_silenced(const Place& place, const Instruction& instruction);

// Any piece.
Edit put(const Place& place, const Span& span, std::string text);
Edit put_before(const Place& place, const Span& span, std::string text);
Edit put_after(const Place& place, const Span& span, std::string text);

// Do the word's bytes say just its text, with no quotes, escapes or continuations in it?
bool is_plain(const Place& place, const shell::Word& word);
bool is_plain(const Place& place, const Argument& argument);

// `word` as a word (in exec form: an item) of its own behind that one.
Edit word_after(const Place& place, const shell::Word& behind, std::string_view word);
// That word becomes `word`: keeps the quotes that an item of exec form has. Refused where quotes or continuations hide
// what it is made of.
std::expected<Edit, Refusal> other_word(const Place& place, const shell::Word& old, std::string_view word);
// The word goes, with the blanks and continuations in front of it (the first of a command: behind it). Comments stay.
Edit without_word(const Place& place, const shell::Command& command, std::size_t index);
// The words [index, index + count) of a command go.
Edit without_words(const Place& place, const shell::Command& command, std::size_t index, std::size_t count);

// A flag of the instruction (--platform=…) goes, with the blanks behind it.
Edit without_flag(const Place& place, const InstructionFlag& flag);
// One of several arguments of EXPOSE, VOLUME, COPY goes; of the only one the instruction. Refused where a comment
// stands among its lines: it may be about what goes, and a continuation in front of it would be left hanging.
std::expected<Edit, Refusal> without_argument(const Place& place, const Instruction& instruction, std::size_t index);
// The argument of the place's instruction that the finding points at; nullptr: at none.
const Argument* argument_at(const Place& place, const Finding& finding);
// The remedy of rules whose finding points at the one argument that has to go. Refused where that is a variable.
Planned drop_argument(const Place& place, const Finding& finding, const Context& context);

// `text` as a JSON string, with its quotes.
std::string json_string(std::string_view text);
// ["a", "b"]
std::string json_array(const std::vector<std::string>& items);

}  // namespace oakum::fix::build
