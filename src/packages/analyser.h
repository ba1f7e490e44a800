// What is picked out of a file tree, and what it becomes: operating-system release files and package databases.
//
// The walker (read/image) asks wants() for every regular file, hands over the bytes of those wanted, and keeps the
// Finding. Findings of all layers are overlaid by path, as the files themselves are, and assemble() then makes the
// packages of the whole. analyse() sees one file at a time and no other; what needs several files (a dpkg package and
// its file list) is joined in assemble().
//
// All functions may be called from several threads at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/distribution.h"
#include "model/package.h"

namespace oakum::packages {

// Raised whenever analyse() may answer differently for the same bytes: cached findings of other versions are not used.
inline constexpr std::uint32_t kAnalyserVersion = 2;

enum class Format : std::uint8_t {
  none,
  os_release,       // os-release(5) and the older release files
  dpkg_status,      // var/lib/dpkg/status
  dpkg_status_d,    // distroless: var/lib/dpkg/status.d/NAME
  dpkg_files,       // info/NAME.list, info/NAME.md5sums, status.d/NAME.md5sums
  chisel_manifest,  // var/lib/chisel/manifest.wall
  apk_installed,
  apk_repositories,  // etc/apk/repositories: the branch
  rpm_sqlite,
  rpm_ndb,
  rpm_bdb,
  rpm_wal,       // rpmdb.sqlite-wal: changes that are not in the database
  rpm_manifest,  // container-manifest-2 (Azure Linux distroless)
  pacman_desc,   // var/lib/pacman/local/NAME/desc
  pacman_files,  // var/lib/pacman/local/NAME/files
  opkg_status,
  opkg_files,
  ubuntu_pro,      // var/lib/ubuntu-advantage/status.json: subscribed streams
  redhat_content,  // content sets and Dockerfile labels that name RHEL streams
};
std::string_view to_string(Format format);

struct FileInfo {
  std::string_view path;  // inside the image: relative, normalised, no leading slash ("var/lib/dpkg/status")
  std::uint64_t size = 0;
};

// Format::none for a file that nobody asks for. Called for every file of an image: no allocation, a few comparisons.
Format wants(const FileInfo& file);

// Bytes beyond this are not read: the file becomes an error of code `limit`.
std::uint64_t size_limit(Format format);

// What one file says.
struct Finding {
  std::string path;
  Format format = Format::none;
  std::optional<Distribution>
      distribution;               // os_release (fields it states), apk_repositories, redhat_content, ubuntu_pro
  std::vector<Package> packages;  // path set; layer, purl not yet
  std::string files_of;           // dpkg_files, pacman_files, opkg_files: the package whose files these are
  std::vector<std::string> files;
  std::vector<Error> errors;  // entries that could not be read; the others are there

  bool operator==(const Finding&) const = default;
};

// Never throws, never touches the file system. A file that cannot be read at all gives a Finding with errors only.
Finding analyse(Format format, const FileInfo& file, std::string_view bytes);

struct Assembled {
  std::optional<Distribution> distribution;
  std::string ecosystem;          // empty when not known
  std::vector<Package> packages;  // purls set; sorted by name, version, arch, path
  std::vector<Error> errors;
};

// Joins the findings of one file tree (those that are visible, lower layers overlaid). A package's `layer` is kept.
Assembled assemble(std::vector<Finding> findings);

}  // namespace oakum::packages
