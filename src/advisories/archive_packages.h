// The Packages index of a suite, seen by source package.
// https://wiki.debian.org/DebianRepository/Format, "Packages indices".
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "advisories/debian_archive.h"

namespace oakum::advisories {

struct BinaryPackage {
  std::string name;
  std::string filename;  // below the mirror's base
  std::string sha256;
  std::uint64_t size = 0;
};

// A source package of which the suite has a newer version than the image.
struct NewerSource {
  std::string source;
  std::string installed;                // the lowest of the image's versions
  std::string newest;                   // the highest of the suite's
  std::vector<BinaryPackage> binaries;  // built from `newest`, smallest first
};

struct PackagesIndex {
  std::size_t sources = 0;
  std::vector<NewerSource> newer;  // sorted by name
  std::vector<Error> problems;     // versions that do not parse
};

// `indexes`: the text of one Packages file per component.
PackagesIndex newer_sources(std::span<const std::string_view> indexes, std::span<const SourcePackage> packages);

// Names and versions as Debian policy 5.6.1 and 5.6.12 allow them: safe as part of a file's name.
bool is_source_name(std::string_view name);
bool is_debian_version(std::string_view version);

}  // namespace oakum::advisories
