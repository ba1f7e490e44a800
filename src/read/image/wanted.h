// Which files of a tree are picked out, and by whom they are read: the packages module, and paths that links bring in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "packages/analyser.h"

namespace oakum::image {

// The packages module as this one uses it; tests put others in its place.
struct Analysers {
  packages::Format (*wants)(const packages::FileInfo& file);
  std::uint64_t (*size_limit)(packages::Format format);
  packages::Finding (*analyse)(packages::Format format, const packages::FileInfo& file, std::string_view bytes);
  packages::Assembled (*assemble)(std::vector<packages::Finding> findings);
};

// Whether packages::wants() may ask for a file in `directory` or below it. A directory walk need not look elsewhere,
// and of links and whiteouts only those at such places (or at wanted files) matter.
bool may_hold_wanted(std::string_view directory);

// A wanted path that a symlink or hard link leads elsewhere: what lies at (or below) `real` is read as `wanted`.
struct Alias {
  std::string real;
  std::string wanted;
  auto operator<=>(const Alias&) const = default;
};

class WantedPaths {
 public:
  WantedPaths(const Analysers& analysers, std::vector<Alias> aliases)
      : analysers_(&analysers), aliases_(std::move(aliases)) {}

  struct Match {
    packages::Format format = packages::Format::none;
    std::string path;  // the path to read it as, when an alias matched; else empty
  };
  Match match(const packages::FileInfo& file) const {
    const packages::Format format = analysers_->wants(file);
    if (format != packages::Format::none || aliases_.empty()) return {.format = format, .path = {}};
    return match_alias(file);
  }

  // Whether it matters what lies at `path`: a wanted file, or a directory on the way to one.
  bool relevant(std::string_view path) const;
  bool may_hold(std::string_view directory) const;
  bool wanted(std::string_view path) const;

  const Analysers& analysers() const { return *analysers_; }
  const std::vector<Alias>& aliases() const { return aliases_; }

 private:
  Match match_alias(const packages::FileInfo& file) const;

  const Analysers* analysers_;
  std::vector<Alias> aliases_;
};

}  // namespace oakum::image
