// dpkg's database: var/lib/dpkg/status, the one-package files of distroless images in status.d, and the file lists.
// Format: deb822(5), deb-control(5), dpkg(1) "package states" and "package selection states".
#include <array>

#include "base/text.h"
#include "packages/control.h"
#include "packages/reading.h"

namespace oakum::packages {

namespace {

enum FieldIndex : std::size_t { kPackage, kStatus, kVersion, kArchitecture, kSource, kMaintainer, kFields };
constexpr std::array<std::string_view, kFields> kNames = {"Package",      "Status", "Version",
                                                          "Architecture", "Source", "Maintainer"};
using Values = std::array<std::string_view, kFields>;

// States in which a package's files are on disk. half-installed is not among them: unpacking broke off, and dpkg itself
// asks to install the package again.
constexpr std::string_view kPresent[] = {"installed", "unpacked", "half-configured", "triggers-awaited",
                                         "triggers-pending"};
constexpr std::string_view kAbsent[] = {"not-installed", "config-files", "half-installed"};

enum class Presence { present, absent, malformed };

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&words)[N]) {
  for (const std::string_view candidate : words) {
    if (candidate == word) return true;
  }
  return false;
}

// "want flag state". The files of distroless images have no Status at all: what they list is there.
Presence presence_of(std::string_view status) {
  if (status.empty()) return Presence::present;
  const std::string_view want = next_field(status, ' ');
  next_field(status, ' ');
  const std::string_view state = trim(status);
  if (is_one_of(state, kAbsent) || want == "deinstall" || want == "purge") return Presence::absent;
  return is_one_of(state, kPresent) ? Presence::present : Presence::malformed;
}

// "name" or "name (version)"; dpkg leaves out what equals the binary package's own. A binary-only rebuild (+b1) names
// its source's version, so that nothing is ever to be cut off here.
SourcePackage source_of(const Values& values) {
  SourcePackage source{std::string(values[kPackage]), std::string(values[kVersion])};
  std::string_view text = values[kSource];
  if (text.empty()) return source;
  const std::string_view name = trim(next_field(text, '('));
  const std::string_view version = trim(next_field(text, ')'));
  if (is_token(name)) source.name = name;
  if (is_token(version)) source.version = version;
  return source;
}

Package package_of(const Values& values, const std::string& path) {
  Package package;
  package.name = values[kPackage];
  package.version = values[kVersion];
  package.epoch = epoch_of(values[kVersion]);
  if (is_token(values[kArchitecture])) package.arch = values[kArchitecture];
  package.source = source_of(values);
  package.ecosystem = "deb";
  package.vendor = clean(values[kMaintainer]);
  package.path = path;
  return package;
}

std::string wrong_with(const Values& values) {
  if (values[kPackage].empty()) return "an entry without a package name";
  const std::string name = printable(values[kPackage], 200);
  if (!is_token(values[kPackage])) return "'" + name + "' is not a package name";
  if (values[kVersion].empty()) return "package '" + name + "' has no version";
  if (!is_token(values[kVersion])) {
    return "package '" + name + "': '" + printable(values[kVersion], 200) + "' is not a version";
  }
  return {};
}

// A directory is listed before what is in it; those that hold nothing cannot be told from files.
bool is_parent_of(std::string_view directory, std::string_view path) {
  return path.size() > directory.size() && path[directory.size()] == '/' && path.starts_with(directory);
}

void read_list(std::string_view bytes, Finding& finding) {
  std::string_view previous;
  const auto keep = [&] {
    if (previous.size() > 1 && room_for_file(finding, finding.files.size())) finding.files.emplace_back(previous);
  };
  while (const auto line = next_line(bytes)) {
    if (line->empty() || line->front() != '/' || line->size() > kMaxLine || *line == "/.") continue;
    if (!is_parent_of(previous, *line)) keep();
    previous = *line;
  }
  keep();
}

// "MD5  PATH", paths without the leading slash (dh_md5sums).
void read_md5sums(std::string_view bytes, Finding& finding) {
  constexpr std::size_t kDigest = 32;
  while (const auto line = next_line(bytes)) {
    if (line->size() <= kDigest + 2 || line->size() > kMaxLine || (*line)[kDigest] != ' ') continue;
    if (!room_for_file(finding, finding.files.size())) return;
    std::string_view path = line->substr(kDigest + 2);
    if (path.starts_with("./")) path.remove_prefix(2);
    finding.files.push_back(path.starts_with('/') ? std::string(path) : "/" + std::string(path));
  }
}

}  // namespace

void read_dpkg_status(std::string_view bytes, Finding& finding) {
  ControlReader reader(bytes, kNames);
  Values values;
  for (auto step = reader.next(values); step != ControlReader::Step::end; step = reader.next(values)) {
    if (step == ControlReader::Step::too_long) {
      note(finding, ErrorCode::limit, bytes, reader.offset(), "the entry is too long and is left out");
      continue;
    }
    const Presence presence = presence_of(values[kStatus]);
    if (presence == Presence::absent) continue;
    std::string wrong = wrong_with(values);
    if (wrong.empty() && presence == Presence::malformed) {
      wrong =
          "package '" + std::string(values[kPackage]) + "': '" + printable(values[kStatus], 200) + "' is not a status";
    }
    if (!wrong.empty()) {
      note(finding, ErrorCode::invalid, bytes, reader.offset(), std::move(wrong));
      continue;
    }
    if (!room_for_package(finding)) return;
    finding.packages.push_back(package_of(values, finding.path));
  }
}

void read_dpkg_files(std::string_view bytes, Finding& finding) {
  const std::string_view file = base_name(finding.path);
  finding.files_of = file.substr(0, file.rfind('.'));
  if (file.ends_with(".list")) {
    read_list(bytes, finding);
  } else {
    read_md5sums(bytes, finding);
  }
}

}  // namespace oakum::packages
