// container-manifest-2 of Azure Linux (once CBL-Mariner): distroless images have no rpm database but this file, which
// their build makes with
//   rpm -qa --qf
//   "%{NAME}\t%{VERSION}-%{RELEASE}\t%{INSTALLTIME}\t%{BUILDTIME}\t%{VENDOR}\t%{EPOCH}\t%{SIZE}\t%{ARCH}\t"
//                "%{EPOCHNUM}\t%{SOURCERPM}\n"
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"
#include "packages/rpm_database.h"
#include "packages/rpm_header.h"

namespace oakum::packages {
namespace {

enum Field : std::uint8_t {
  kName,
  kVersionRelease,
  kInstallTime,
  kBuildTime,
  kVendor,
  kEpoch,
  kSize,
  kArch,
  kEpochNumber,
  kSourceRpm,
  kFields
};

// What rpm prints for a tag that the package does not have.
std::string_view stated(std::string_view field) { return field == "(none)" ? std::string_view() : field; }

std::unexpected<Error> bad_line(std::string why) { return fail(ErrorCode::invalid, "", std::move(why)); }

Result<Package> parse_line(std::string_view line) {
  std::array<std::string_view, kFields> fields;
  std::size_t count = 0;
  for (; count < fields.size() && !line.empty(); ++count) fields[count] = next_field(line, '\t');
  if (count <= kArch) return bad_line("has " + std::to_string(count) + " of its 10 fields");
  const std::string_view name = fields[kName];
  const std::string_view version = fields[kVersionRelease];
  if (name.empty()) return bad_line("names no package");
  if (const std::size_t dash = version.find('-'); dash == 0 || dash >= version.size() - 1) {
    return bad_line("its second field is not a version and a release");
  }
  Package package{.name = std::string(name), .version = std::string(version)};
  package.source = {package.name, package.version};
  if (const std::string_view epoch = stated(fields[kEpoch]); !epoch.empty()) {
    if (!parse_number<std::uint32_t>(epoch)) return bad_line("its epoch is not a number");
    package.epoch = epoch;
    package.version = package.epoch + ":" + package.version;
  }
  package.arch = stated(fields[kArch]);
  package.vendor = stated(fields[kVendor]);
  package.ecosystem = "rpm";
  if (SourcePackage source = parse_source_rpm(fields[kSourceRpm]); !source.name.empty()) {
    package.source = std::move(source);
  }
  return package;
}

}  // namespace

void read_rpm_manifest(std::string_view bytes, HeaderSink& sink, Finding& finding) {
  for (std::uint64_t number = 1; const auto line = next_line(bytes); ++number) {
    if (trim(*line).empty()) continue;
    auto package = parse_line(*line);
    if (!package) {
      sink.error(std::move(package.error()).in("line " + std::to_string(number)));
    } else if (!is_public_key(package->name)) {
      package->path = finding.path;
      finding.packages.push_back(std::move(*package));
    }
  }
}

}  // namespace oakum::packages
