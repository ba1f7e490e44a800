#include "fix/build/digest.h"

#include <string>
#include <utility>

#include "base/text.h"
#include "fix/build/edit.h"
#include "model/image_facts.h"
#include "model/image_reference.h"

namespace oakum::fix::build {

namespace {

std::string quoted(std::string_view text) { return "\"" + printable(text, 80) + "\""; }

// Of an image that is here, as its registry called it when it was pulled.
std::string digest_here(const ImageReference& image, const Subjects& subjects) {
  const auto known = subjects.known_images.find(image.text);
  if (known == subjects.known_images.end()) return {};
  for (const std::string& text : known->second.image.repo_digests) {
    const ImageReference pulled = parse_image_reference(text);
    if (pulled.canonical_name() == image.canonical_name() && !pulled.digest.empty()) return pulled.digest;
  }
  return {};
}

std::expected<std::string, Refusal> digest_of(const ImageReference& image, const Context& context) {
  if (std::string digest = digest_here(image, context.subjects); !digest.empty()) return digest;
  if (!context.options.digest_of)
    return refuse(
        "which version " + quoted(image.text) +
        " is today is not known here: pull it, let oakum ask the registry (--pin), or write the version by hand");
  auto digest = context.options.digest_of(image);
  if (!digest) return refuse(digest.error().message());
  return *digest;
}

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
  const std::string tag = image.tag.empty() ? ":latest" : "";
  return answer({put(place, written->span, written->value + tag + "@" + *digest)},
                "it does not change by itself any more: let a bot, or oakum again, write new digests");
}

}  // namespace oakum::fix::build
