#include "fix/build/place.h"

#include <algorithm>
#include <string>
#include <utility>

#include "fix/kit/lookup.h"
#include "model/subjects.h"

namespace oakum::fix::build {

namespace {

bool holds(const Span& outer, const Span& inner) { return outer.begin <= inner.begin && inner.end <= outer.end; }

bool is_in_compose(const Dockerfile& file, const Subjects& subjects) {
  return std::ranges::any_of(subjects.workloads, [&](const Workload& workload) {
    return workload.surface == Surface::compose && workload.origin.source == file.source;
  });
}

}  // namespace

std::string_view Place::raw(const Span& span) const {
  const std::string_view text = source->text;
  return span.begin > text.size() ? std::string_view() : text.substr(span.begin, span.end - span.begin);
}

std::expected<Place, Refusal> place_of(const Finding& finding, const Context& context) {
  Place place;
  place.file = dockerfile_of(finding, context.subjects);
  if (place.file == nullptr || !place.file->image.empty()) return refuse("its Dockerfile is not here to edit");
  place.source = context.subjects.source(place.file->source);
  place.outer = instruction_of(finding, *place.file);
  if (place.source == nullptr || place.outer == nullptr) return refuse("no instruction stands at this place");
  if (place.source->derived)
    return refuse("the Dockerfile stands in \"" + place.source->name + "\" in a form that cannot be edited in place");
  place.at = place.outer;
  // ONBUILD of ONBUILD is an error, so this ends soon.
  while (!place.at->nested.empty() && holds(place.at->nested.front().span, finding.origin.span))
    place.at = &place.at->nested.front();
  if (place.outer->stage < place.file->stages.size()) place.stage = &place.file->stages[place.outer->stage];
  place.inlined = is_in_compose(*place.file, context.subjects);
  return place;
}

Planned answer(std::vector<Edit> edits, std::string note) {
  return Answer{.changes = {}, .edits = std::move(edits), .safety = {}, .note = std::move(note)};
}
Planned answer(Edit edit) { return answer(std::vector<Edit>{std::move(edit)}); }
Planned answer(std::expected<Edit, Refusal> edit) {
  if (!edit) return std::unexpected(std::move(edit.error()));
  return answer(std::move(*edit));
}

std::unexpected<Refusal> before_from() { return refuse("it stands before the first FROM: move it behind first"); }

std::optional<WordAt> word_at(const Place& place, const Span& span) {
  std::optional<WordAt> found;
  if (!place.at->script) return found;
  for (const shell::Command& command : place.at->script->commands) {
    for (std::size_t i = 0; i < command.words.size(); ++i) {
      const Span& word = command.words[i].span;
      if (word.begin == span.begin && word.end == span.end) found = WordAt{&command, i};
    }
  }
  return found;
}

const shell::Command* command_at(const Place& place, const Span& span) {
  const shell::Command* found = nullptr;
  if (!place.at->script) return found;
  for (const shell::Command& command : place.at->script->commands) {
    if (holds(command.span, span) && (found == nullptr || holds(found->span, command.span))) found = &command;
  }
  return found;
}

std::span<const Instruction> instructions_of(const Dockerfile& file, const Stage& stage) {
  if (stage.last >= file.instructions.size() || stage.first > stage.last) return {};
  return std::span(file.instructions).subspan(stage.first, stage.last - stage.first + 1);
}

const Stage* root_of(const Dockerfile& file, const Stage& stage) {
  const Stage* at = &stage;
  // A parent stands before its child.
  while (at->parent && *at->parent < static_cast<std::size_t>(at - file.stages.data())) at = &file.stages[*at->parent];
  return at;
}

const ImageFacts* base_facts(const Place& place, const Context& context) {
  if (place.stage == nullptr) return nullptr;
  const Stage* root = root_of(*place.file, *place.stage);
  const auto found = context.subjects.known_images.find(root->image.text);
  return root->image_known && found != context.subjects.known_images.end() ? &found->second : nullptr;
}

}  // namespace oakum::fix::build
