#include "packages/lookup.h"

#include "base/fd.h"
#include "packages/paths.h"
#include "packages/reading.h"
#include "packages/root.h"

namespace oakum::packages {

namespace {

using std::string_view_literals::operator""sv;

struct Magic {
  std::size_t offset;
  std::string_view bytes;
  Format format;
};
constexpr Magic kMagics[] = {
    {0, "SQLite format 3\0"sv, Format::rpm_sqlite},
    {0, "RpmP"sv, Format::rpm_ndb},
    {12, "\x61\x15\x06\x00"sv, Format::rpm_bdb},  // Berkeley DB hash, in either byte order
    {12, "\x00\x06\x15\x61"sv, Format::rpm_bdb},
    {0, "\x28\xB5\x2F\xFD"sv, Format::chisel_manifest},  // zstd frame (RFC 8878, 3.1.1)
    {0, "Package:"sv, Format::dpkg_status},
    {0, "C:Q"sv, Format::apk_installed},
    {0, "P:"sv, Format::apk_installed},
    {0, "%NAME%"sv, Format::pacman_desc},
};

constexpr std::uint64_t kMaxFile = std::uint64_t{512} << 20;  // the largest limit of any format

class RootLookup {
 public:
  explicit RootLookup(RootDirectory root) : root_(std::move(root)) {}

  std::vector<Finding> run() {
    for (const PathGroup& group : path_groups()) {
      for (const PathPattern& pattern : group.patterns) {
        const std::string path = std::string(group.root).append(pattern.before);
        if (pattern.wild) {
          look_up_all(path, pattern);
        } else {
          look_up(path, pattern.format);
        }
      }
    }
    return std::move(findings_);
  }

 private:
  void look_up(const std::string& path, Format format) {
    const auto bytes = root_.read(path, size_limit(format));
    if (!bytes) return add_error(path, format, bytes.error());
    if (*bytes) findings_.push_back(analyse(format, FileInfo{path, (*bytes)->size()}, **bytes));
  }

  void look_up_all(const std::string& before, const PathPattern& pattern) {
    const std::string directory(directory_of(before));
    const auto names = root_.list(directory);
    if (!names) return add_error(directory, pattern.format, names.error());
    const bool below = pattern.after.starts_with('/');
    for (const std::string& name : *names) {
      std::string path = directory;
      path.append("/").append(name);
      if (below) path += pattern.after;
      const bool named = path.starts_with(before) && wants(FileInfo{path, 0}) == pattern.format;
      if (named) look_up(path, pattern.format);
    }
  }

  void add_error(const std::string& path, Format format, const Error& error) {
    Finding finding;
    finding.path = path;
    finding.format = format;
    finding.errors.push_back(error);
    findings_.push_back(std::move(finding));
  }

  RootDirectory root_;
  std::vector<Finding> findings_;
};

struct Named {
  std::string path;  // as it would be inside a root
  Format format = Format::none;
};

// "/some/where/var/lib/dpkg/status" is known by its end, "os-release" by its name alone.
Named by_name(std::string_view path) {
  std::string_view rest = path;
  while (!rest.empty()) {
    if (const Format format = wants(FileInfo{rest, 0}); format != Format::none) return {std::string(rest), format};
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) break;
    rest.remove_prefix(slash + 1);
  }
  for (const std::string_view directory : {"etc/", "usr/lib/sysimage/rpm/"}) {
    std::string candidate = std::string(directory).append(base_name(path));
    if (const Format format = wants(FileInfo{candidate, 0}); format != Format::none) return {candidate, format};
  }
  return {};
}

}  // namespace

Format sniff(std::string_view bytes) {
  for (const Magic& magic : kMagics) {
    if (bytes.size() < magic.offset || !bytes.substr(magic.offset).starts_with(magic.bytes)) continue;
    const bool opkg = magic.format == Format::dpkg_status && bytes.find("\nInstalled-Time:") != std::string_view::npos;
    return opkg ? Format::opkg_status : magic.format;
  }
  return Format::none;
}

Result<std::vector<Finding>> look_up_root(const std::string& root) {
  OAKUM_TRY(RootDirectory directory, RootDirectory::open(root));
  return RootLookup(std::move(directory)).run();
}

Result<Finding> look_up_file(const std::string& path) {
  Named named = by_name(path);
  OAKUM_TRY(const std::string bytes, read_file(path, kMaxFile));
  if (named.format == Format::none) named = {std::string(base_name(path)), sniff(bytes)};
  if (named.format == Format::none) {
    return fail(ErrorCode::unsupported, path, "not a package database that oakum knows",
                "name a root directory, or the database file itself");
  }
  return analyse(named.format, FileInfo{named.path, bytes.size()}, bytes);
}

}  // namespace oakum::packages
