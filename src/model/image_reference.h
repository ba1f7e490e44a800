// The name of an image as it stands in a file: parsed as far as it goes, variables and mistakes kept.
#pragma once

#include <string>
#include <string_view>

namespace oakum {

// distribution's `reference` grammar: [host[:port]/]path[:tag][@algorithm:hex]. Nothing is filled in: no tag means no
// tag.
struct ImageReference {
  std::string text;        // as written
  std::string registry;    // "" when none is written (docker.io is then meant)
  std::string repository;  // "nginx", "library/nginx"
  std::string tag;         // "" when none is written
  std::string digest;      // "sha256:…", "" when none is written
  bool variable = false;   // holds an unresolved variable: parts may be wrong

  // "docker.io" when none is written.
  std::string registry_or_default() const;
  // Registry, and "library/" before one-part names of docker.io: "docker.io/library/nginx".
  std::string canonical_name() const;
  bool operator==(const ImageReference&) const = default;
};

// Never fails: what does not fit the grammar lands in `repository` as it is.
ImageReference parse_image_reference(std::string_view text);

// mcr.microsoft.com/windows, /windows/servercore, /windows/nanoserver and what Microsoft builds on them.
bool is_windows_image(const ImageReference& image);

}  // namespace oakum
