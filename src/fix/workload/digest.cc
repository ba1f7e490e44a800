#include "fix/workload/digest.h"

#include <algorithm>

namespace oakum::fix::workload {

namespace {

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
    return refuse("which version " + quoted(image.text) +
                  " is today is not known here: pull it, let oakum ask the registry, or write the version by hand");
  auto digest = context.options.digest_of(image);
  if (!digest) return refuse(digest.error().message());
  return *digest;
}

}  // namespace

Planned pin(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  if (!(*workload)->image.known()) return refuse("the image is not known here: write its version where it is named");
  const ImageReference& image = *(*workload)->image;
  const auto digest = digest_of(image, context);
  if (!digest) return std::unexpected(digest.error());
  const std::string tag = image.tag.empty() ? ":latest" : "";
  return answer({set(Key::image, image.text + tag + "@" + *digest, (*workload)->image.origin())},
                "it does not change by itself any more: let a bot, or oakum again, write new digests");
}

}  // namespace oakum::fix::workload
