#include "fix/kit/answer.h"

#include <utility>

#include "base/text.h"

namespace oakum::fix {

namespace {

std::string digest_here(const ImageReference& image, const Subjects& subjects) {
  const auto known = subjects.known_images.find(image.text);
  if (known == subjects.known_images.end()) return {};
  for (const std::string& text : known->second.image.repo_digests) {
    const ImageReference pulled = parse_image_reference(text);
    if (pulled.canonical_name() == image.canonical_name() && !pulled.digest.empty()) return pulled.digest;
  }
  return {};
}

}  // namespace

Change set(Key key, Value value, std::optional<Origin> at) {
  return {.act = Change::Act::set, .key = key, .value = std::move(value), .at = std::move(at)};
}

Change add(Key key, Value value) {
  return {.act = Change::Act::add, .key = key, .value = std::move(value), .at = std::nullopt};
}

Change remove(Key key, const Origin& at) {
  return {.act = Change::Act::remove, .key = key, .value = std::monostate(), .at = at};
}

Answer answer(std::vector<Change> changes, std::string note) {
  Answer result;
  result.changes = std::move(changes);
  result.note = std::move(note);
  return result;
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

std::string pinned_name(const ImageReference& image, std::string_view written, std::string_view digest) {
  return std::string(written) + (image.tag.empty() ? ":latest" : "") + "@" + std::string(digest);
}

std::string quoted(std::string_view text) { return "\"" + printable(text, 80) + "\""; }

}  // namespace oakum::fix
