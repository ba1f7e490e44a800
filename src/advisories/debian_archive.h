// Advisories from nothing but a mirror of Debian or Ubuntu packages: the index of a suite says which source versions
// are newer than an image's, and the changelog in the newer package says which CVEs that closes, at which version.
//
// The fetching half is here; it leaves these files below the mirror's root, which the feed "debian-archive"
// (feeds/debian_archive.cc) reads without any network:
//   debian-archive/SUITE/Release, main_Packages.xz                as the archive serves them
//   debian-archive/SUITE/changelogs/SOURCE_VERSION.changelog.gz  as the package carries it
//   debian-archive/SUITE/index.json                              what was compared, and what could not be read
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace oakum::advisories {

struct SourcePackage {
  std::string source;
  std::string version;
};

struct ArchiveRequest {
  std::string mirror;                              // http(s)://, file:// or a directory
  std::vector<std::string> suites;                 // "bookworm-security"
  std::vector<std::string> components = {"main"};  // those a suite does not have are passed over
  std::string architecture = "amd64";              // Debian's name
  std::vector<SourcePackage> packages;             // the image's
  std::string output;                              // the mirror's root, where the feeds' files are kept
  std::string keyring;                             // of the archive's keys; empty: the system's
  bool require_signature = false;                  // an index whose signature cannot be checked is then an error
  // What is being done, and how far it is; called from one thread at a time.
  std::function<void(std::string_view what, std::size_t done, std::size_t total)> progress;
};

struct SuiteReport {
  std::string suite;
  std::string ecosystem;        // "debian:12"
  bool verified = false;        // the index is signed by a key of the keyring
  std::string verification;     // by whom, or why that is not known
  std::size_t sources = 0;      // source packages in the suite
  std::size_t newer = 0;        // of the image's sources, those of which the suite has a newer version
  std::size_t fetched = 0;      // changelogs fetched now
  std::size_t reused = 0;       // changelogs that were there already
  std::uint64_t bytes = 0;      // fetched, indexes included
  std::vector<Error> problems;  // newer packages of which no changelog could be read
};

struct ArchiveReport {
  std::vector<SuiteReport> suites;
  std::vector<Error> failed;  // suites that could not be read
};

// An error when no suite at all could be read.
Result<ArchiveReport> fetch_debian_archive(const ArchiveRequest& request);

}  // namespace oakum::advisories
