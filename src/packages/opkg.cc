// opkg's database (OpenWrt, Yocto): usr/lib/opkg/status, info/NAME.control and info/NAME.list.
// The status file has dpkg's syntax with opkg's own flags: "install user installed", "install ok installed".
#include <array>

#include "base/text.h"
#include "packages/control.h"
#include "packages/reading.h"

namespace oakum::packages {

namespace {

enum FieldIndex : std::size_t {
  kPackage,
  kStatus,
  kVersion,
  kArchitecture,
  kSourceName,
  kSource,
  kMaintainer,
  kLicense,
  kFields
};
constexpr std::array<std::string_view, kFields> kNames = {"Package",    "Status", "Version",    "Architecture",
                                                          "SourceName", "Source", "Maintainer", "License"};
using Values = std::array<std::string_view, kFields>;

// "want flags state"; a .control file has none.
bool is_present(std::string_view status) {
  if (status.empty()) return true;
  const std::string_view want = next_field(status, ' ');
  next_field(status, ' ');
  const std::string_view state = trim(status);
  return want != "deinstall" && want != "purge" && (state == "installed" || state == "unpacked");
}

// OpenWrt names the source in SourceName; before 21.02 there is just its directory, "package/utils/busybox". Yocto's
// Source is the recipe's file: "busybox_1.36.1.bb".
std::string_view source_name(const Values& values) {
  if (is_token(values[kSourceName])) return values[kSourceName];
  std::string_view source = base_name(values[kSource]);
  if (source.ends_with(".bb")) source = source.substr(0, source.find('_'));
  return is_token(source) ? source : values[kPackage];
}

Package package_of(const Values& values, const std::string& path) {
  Package package;
  package.name = values[kPackage];
  package.version = values[kVersion];
  package.epoch = epoch_of(values[kVersion]);
  if (is_token(values[kArchitecture])) package.arch = values[kArchitecture];
  package.source = {std::string(source_name(values)), std::string(values[kVersion])};
  package.ecosystem = "opkg";
  package.vendor = clean(values[kMaintainer]);
  package.license = clean(values[kLicense]);
  package.path = path;
  return package;
}

}  // namespace

void read_opkg_status(std::string_view bytes, Finding& finding) {
  ControlReader reader(bytes, kNames);
  Values values;
  for (auto step = reader.next(values); step != ControlReader::Step::end; step = reader.next(values)) {
    if (step == ControlReader::Step::too_long) {
      note(finding, ErrorCode::limit, bytes, reader.offset(), "the entry is too long and is left out");
      continue;
    }
    if (!is_present(values[kStatus])) continue;
    if (!is_token(values[kPackage]) || !is_token(values[kVersion])) {
      note(finding, ErrorCode::invalid, bytes, reader.offset(),
           "'" + printable(values[kPackage], 200) + "' '" + printable(values[kVersion], 200) +
               "' are not a package's name and version");
      continue;
    }
    if (!room_for_package(finding)) return;
    finding.packages.push_back(package_of(values, finding.path));
  }
}

// Lines "PATH", or "PATH<TAB>MODE" as newer versions write them.
void read_opkg_files(std::string_view bytes, Finding& finding) {
  const std::string_view file = base_name(finding.path);
  finding.files_of = file.substr(0, file.rfind('.'));
  while (auto line = next_line(bytes)) {
    const std::string_view path = next_field(*line, '\t');
    if (path.empty() || path.front() != '/' || path.ends_with('/') || path.size() > kMaxLine) continue;
    if (!room_for_file(finding, finding.files.size())) return;
    finding.files.emplace_back(path);
  }
}

}  // namespace oakum::packages
