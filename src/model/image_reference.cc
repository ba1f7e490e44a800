#include "model/image_reference.h"

namespace oakum {

namespace {

bool is_host(std::string_view part) {
  return part == "localhost" || part.find_first_of(".:[") != std::string_view::npos ||
         part.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string_view::npos;
}

}  // namespace

std::string ImageReference::registry_or_default() const { return registry.empty() ? "docker.io" : registry; }

std::string ImageReference::canonical_name() const {
  const std::string host = registry.empty() || registry == "index.docker.io" ? "docker.io" : registry;
  const bool one_part = repository.find('/') == std::string::npos;
  return host + "/" + (host == "docker.io" && one_part ? "library/" : "") + repository;
}

ImageReference parse_image_reference(std::string_view text) {
  ImageReference reference;
  reference.text = text;
  reference.variable = text.find('$') != std::string_view::npos;
  if (const auto at = text.find('@'); at != std::string_view::npos) {
    reference.digest = text.substr(at + 1);
    text = text.substr(0, at);
  }
  if (const auto slash = text.find('/'); slash != std::string_view::npos && is_host(text.substr(0, slash))) {
    reference.registry = text.substr(0, slash);
    text.remove_prefix(slash + 1);
  }
  if (const auto colon = text.rfind(':');
      colon != std::string_view::npos && text.find('/', colon) == std::string_view::npos) {
    reference.tag = text.substr(colon + 1);
    text = text.substr(0, colon);
  }
  reference.repository = text;
  return reference;
}

bool is_windows_image(const ImageReference& image) {
  return image.registry == "mcr.microsoft.com" && image.repository.starts_with("windows");
}

}  // namespace oakum
