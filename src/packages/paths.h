// Where package databases and release files are found: the one table behind wants().
#pragma once

#include <span>
#include <string_view>

#include "packages/analyser.h"

namespace oakum::packages {

// Matches `root + before`, or, where `wild`, `root + before + NAME + after` with a NAME that is not empty and has no
// slash.
struct PathPattern {
  std::string_view before;
  std::string_view after;
  Format format;
  bool wild;
};

struct PathGroup {
  std::string_view root;  // "var/lib/"
  std::span<const PathPattern> patterns;
};

std::span<const PathGroup> path_groups();

}  // namespace oakum::packages
