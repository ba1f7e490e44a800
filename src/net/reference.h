// Names of images as people type them, after the grammar of distribution's `reference` package:
//   [host[:port]/]path[:tag][@digest]
#pragma once

#include <string>
#include <string_view>

#include "base/digest.h"
#include "base/error.h"

namespace oakum::net {

struct Reference {
  std::string registry;    // "docker.io", "localhost:5000", "[::1]:5000"
  std::string repository;  // "library/nginx"
  std::string tag;         // "latest" when neither tag nor digest was given
  Digest digest;           // empty when not given

  std::string name() const;      // "docker.io/library/nginx"
  std::string text() const;      // name and ":tag", "@digest" or both
  std::string familiar() const;  // as people type it: "nginx:1.27"
  // What a registry is asked for: the digest where there is one.
  std::string version() const { return digest.empty() ? tag : digest.text(); }
  bool operator==(const Reference&) const = default;
};

// The first part is a host when it has a '.' or ':', is "localhost", or has upper-case letters; else docker.io is
// meant, and "library/" when the path has one part.
Result<Reference> parse_reference(std::string_view text);

}  // namespace oakum::net
