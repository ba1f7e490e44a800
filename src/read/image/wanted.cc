#include "read/image/wanted.h"

#include <algorithm>

#include "packages/paths.h"
#include "read/image/path.h"

namespace oakum::image {

namespace {

// The directories on the way to the paths that packages::wants() knows.
class WantedDirectories {
 public:
  WantedDirectories() {
    for (const packages::PathGroup& group : packages::path_groups()) {
      for (const packages::PathPattern& pattern : group.patterns) add(group, pattern);
    }
    remove_duplicates(fixed_);
    remove_duplicates(any_child_);
  }

  bool hold(std::string_view directory) const {
    return directory.empty() || std::ranges::binary_search(fixed_, directory) ||
           std::ranges::binary_search(any_child_, parent_of(directory));
  }

 private:
  void add(const packages::PathGroup& group, const packages::PathPattern& pattern) {
    const std::string path = std::string(group.root) + std::string(pattern.before);
    // Up to its last slash the path is fixed; what varies is one part: a file's name, or (pacman) a directory's.
    const std::string_view last = parent_of(path);
    for (std::string_view up = last; !up.empty(); up = parent_of(up)) fixed_.emplace_back(up);
    if (pattern.wild && pattern.after.find('/') != std::string_view::npos) any_child_.emplace_back(last);
  }

  static void remove_duplicates(std::vector<std::string>& paths) {
    std::ranges::sort(paths);
    const auto rest = std::ranges::unique(paths);
    paths.erase(rest.begin(), rest.end());
  }

  std::vector<std::string> fixed_;
  std::vector<std::string> any_child_;
};

}  // namespace

bool may_hold_wanted(std::string_view directory) {
  static const WantedDirectories kDirectories;
  return kDirectories.hold(directory);
}

bool WantedPaths::wanted(std::string_view path) const {
  // Some formats are not asked for when empty: the path is what counts here.
  return match({.path = path, .size = 1}).format != packages::Format::none;
}

bool WantedPaths::may_hold(std::string_view directory) const {
  return may_hold_wanted(directory) || std::ranges::any_of(aliases_, [&](const Alias& alias) {
           return alias.real == directory || lies_below(alias.real, directory) || lies_below(directory, alias.real);
         });
}

bool WantedPaths::relevant(std::string_view path) const { return may_hold(path) || wanted(path); }

WantedPaths::Match WantedPaths::match_alias(const packages::FileInfo& file) const {
  for (const Alias& alias : aliases_) {
    std::string path;
    if (file.path == alias.real) {
      path = alias.wanted;
    } else if (lies_below(file.path, alias.real)) {
      const std::size_t rest = alias.real.empty() ? 0 : alias.real.size() + 1;
      path = join_path(alias.wanted, file.path.substr(rest));
    } else {
      continue;
    }
    const packages::Format format = analysers_->wants({.path = path, .size = file.size});
    if (format != packages::Format::none) return {.format = format, .path = std::move(path)};
  }
  return {};
}

}  // namespace oakum::image
