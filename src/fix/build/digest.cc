#include "fix/build/digest.h"

#include <string>
#include <string_view>

#include "fix/build/edit.h"
#include "fix/kit/answer.h"

namespace oakum::fix::build {

namespace {

// An ARG before the first FROM whose default is the whole name, and which nothing else sees.
const Argument* default_of(const Place& place, std::string_view variable) {
  const Argument* found = nullptr;
  for (const Instruction& instruction : place.file->instructions) {
    if (instruction.kind == InstructionKind::from) break;
    for (const Assignment& one : instruction.assignments) {
      if (one.key.value == variable && one.has_value) found = &one.value;
    }
  }
  return found;
}

// Where the name stands in the file: in FROM, or in the ARG that FROM takes it from. nullptr: in parts.
const Argument* written_name(const Place& place) {
  const Argument& name = place.at->arguments.front();
  if (is_plain(place, name)) return &name;
  std::string_view variable = name.text;
  if (!variable.starts_with('$')) return nullptr;
  variable.remove_prefix(1);
  if (variable.starts_with('{') && variable.ends_with('}')) variable = variable.substr(1, variable.size() - 2);
  const Argument* found = default_of(place, variable);
  return found != nullptr && is_plain(place, *found) && found->value == name.value ? found : nullptr;
}

}  // namespace

Planned pin_base(const Place& place, const Finding&, const Context& context) {
  if (place.at->kind != InstructionKind::from || place.stage == nullptr || place.at->arguments.empty())
    return refuse("no FROM stands at this place");
  const ImageReference& image = place.stage->image;
  const Argument* written = written_name(place);
  if (written == nullptr)
    return refuse("the name is put together from variables: write the digest where its parts are set");
  const auto digest = digest_of(image, context);
  if (!digest) return std::unexpected(digest.error());
  return answer({put(place, written->span, pinned_name(image, written->value, *digest))}, std::string(kPinned));
}

}  // namespace oakum::fix::build
