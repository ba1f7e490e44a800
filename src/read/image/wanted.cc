#include "read/image/wanted.h"

#include <algorithm>

#include "read/image/path.h"

namespace oakum::image {

namespace {

struct WantedDirectory {
  std::string_view path;
  bool deep = true;  // false: only files right in it
};

// Every directory that packages::wants() knows. Wider than it has to be, never narrower.
constexpr WantedDirectory kDirectories[] = {
    {"", false},
    {"etc", false},
    {"etc/apk"},
    {"etc/products.d"},
    {"lib", false},
    {"lib/apk"},
    {"root/buildinfo"},
    {"usr/etc", false},
    {"usr/lib", false},
    {"usr/lib/apk"},
    {"usr/lib/opkg"},
    {"usr/lib/rpm", false},
    {"usr/lib/sysimage"},
    {"usr/share/buildinfo"},
    {"usr/share/rpm"},
    {"var/lib/apk"},
    {"var/lib/chisel"},
    {"var/lib/dpkg"},
    {"var/lib/opkg"},
    {"var/lib/pacman"},
    {"var/lib/rpm"},
    {"var/lib/rpmmanifest"},
    {"var/lib/ubuntu-advantage"},
};

bool holds(const WantedDirectory& row, std::string_view directory) {
  return row.path == directory || lies_below(row.path, directory) || (row.deep && lies_below(directory, row.path));
}

}  // namespace

bool may_hold_wanted(std::string_view directory) {
  return std::ranges::any_of(kDirectories, [&](const WantedDirectory& row) { return holds(row, directory); });
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
