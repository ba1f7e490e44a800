// debian-archive/SUITE/index.json: what was compared when the changelogs were fetched.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace oakum::advisories {

struct IndexedChangelog {
  std::string source;
  std::string installed;  // the image's version then
  std::string newest;     // the suite's
  std::string file;       // below changelogs/; empty when none could be read
  std::string problem;    // why, or what the changelog does not reach
};

struct ArchiveIndex {
  std::string ecosystem;  // "debian:12"
  std::string suite;
  std::string mirror;
  std::string date;                        // ISO day of the suite's Release file
  std::string verification;                // of its signature
  std::size_t sources = 0;                 // source packages in the suite
  std::vector<IndexedChangelog> packages;  // sorted by source
};

std::string to_json(const ArchiveIndex& index);
Result<ArchiveIndex> parse_archive_index(std::string_view json, std::string_view name);

// "nginx_1.22.1-9+deb12u2.changelog.gz"; dpkg's spelling of the epoch's colon in file names.
std::string changelog_file(std::string_view source, std::string_view version);

}  // namespace oakum::advisories
