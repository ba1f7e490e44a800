// Where a finding stands in a Dockerfile, as remedies need it: the file, its text, the instruction, the word.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fix/kit/remedy.h"
#include "model/dockerfile.h"
#include "model/edit.h"
#include "model/finding.h"
#include "model/origin.h"

namespace oakum::fix::build {

struct Place {
  const Dockerfile* file = nullptr;
  const Source* source = nullptr;      // its text: that of the Compose file when `inlined`
  const Instruction* outer = nullptr;  // the instruction whose lines these are: ONBUILD itself
  const Instruction* at = nullptr;     // the instruction that is meant: ONBUILD's; else the same as `outer`
  const Stage* stage = nullptr;        // nullptr before the first FROM
  bool inlined = false;                // dockerfile_inline of a Compose file: a block with indentation

  std::string_view raw(const Span& span) const;  // the bytes as they stand there
};

// Refuses what is no instruction of a Dockerfile that was read from a text (an image's history, a rendered file).
std::expected<Place, Refusal> place_of(const Finding& finding, const Context& context);

// A remedy's answer, from what the edits' makers give.
Planned answer(std::vector<Edit> edits, std::string note = {});
Planned answer(Edit edit);
Planned answer(std::expected<Edit, Refusal> edit);

// Does it run in builds on this image (ONBUILD), where another WORKDIR may hold?
inline bool runs_elsewhere(const Place& place) { return place.at != place.outer; }

// For what stands before the first FROM, where nothing but ARG has a meaning.
std::unexpected<Refusal> before_from();

// A word of the instruction's script.
struct WordAt {
  const shell::Command* command = nullptr;
  std::size_t index = 0;  // of command->words
  const shell::Word& word() const { return command->words[index]; }
};
// The word that is exactly there: findings about commands point at one. Of several readings (`sh -c "…"`) the
// innermost.
std::optional<WordAt> word_at(const Place& place, const Span& span);
// The command that holds the place; nullptr for none.
const shell::Command* command_at(const Place& place, const Span& span);

// A stage's instructions, its FROM first.
std::span<const Instruction> instructions_of(const Dockerfile& file, const Stage& stage);
// Facts about the external image that the stage's chain of FROM starts with; nullptr where they are not known.
const ImageFacts* base_facts(const Place& place, const Context& context);
// The stage that the chain starts with.
const Stage* root_of(const Dockerfile& file, const Stage& stage);

// Makes a remedy's function of one that wants the place, the same of a place in a stage, or the word of a command there
// that the finding points at.
template <Planned (*plan)(const Place&, const Finding&, const Context&)>
Planned at_place(const Finding& finding, const Context& context) {
  const auto place = place_of(finding, context);
  if (!place) return std::unexpected(place.error());
  return plan(*place, finding, context);
}
template <Planned (*plan)(const Place&, const Finding&, const Context&)>
Planned in_stage(const Finding& finding, const Context& context) {
  const auto place = place_of(finding, context);
  if (!place) return std::unexpected(place.error());
  if (place->stage == nullptr) return before_from();
  return plan(*place, finding, context);
}
template <Planned (*plan)(const Place&, const WordAt&, const Context&)>
Planned at_word(const Finding& finding, const Context& context) {
  const auto place = place_of(finding, context);
  if (!place) return std::unexpected(place.error());
  if (place->stage == nullptr) return before_from();
  const auto word = word_at(*place, finding.origin.span);
  if (!word) return refuse("no word of a command stands at this place");
  return plan(*place, *word, context);
}

}  // namespace oakum::fix::build
