// Azure Linux and CBL-Mariner: OVAL by Microsoft, https://github.com/microsoft/AzureLinuxVulnerabilityData. Packages
// are named as their spec files are, so claims are by source package.
#include <string>

#include "advisories/feeds/oval.h"
#include "advisories/feeds/table.h"
#include "model/distribution.h"

namespace oakum::advisories {

namespace {

constexpr std::string_view kSuffix = "-oval.xml";

// "azurelinux/azurelinux-3.0-oval.xml.gz", "azurelinux/cbl-mariner-2.0-oval.xml"
bool accepts(std::string_view path) {
  return path.starts_with("azurelinux/") && path.find(kSuffix) != std::string_view::npos;
}

// The release is only in the file's name: "azurelinux-3.0" → azurelinux:3.0, "cbl-mariner-2.0" → azurelinux:2.0.
std::optional<std::string> ecosystem_of_file(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);
  name = name.substr(0, name.find(kSuffix));
  const std::size_t dash = name.rfind('-');
  if (dash == std::string_view::npos) return std::nullopt;
  Distribution distribution;
  distribution.id = name.substr(0, dash);
  distribution.version_id = name.substr(dash + 1);
  return ecosystem_of(distribution);
}

Claim claim_of(const OvalDefinition& definition, const OvalPackage& package, const std::string& ecosystem) {
  Claim claim;
  claim.ecosystem = ecosystem;
  claim.by = PackageName::source;
  claim.package = package.name;
  claim.ranges = {range_of(package)};
  claim.status = package.fixed.empty() ? FixStatus::affected : FixStatus::fixed;
  claim.severity = parse_severity(definition.severity).value_or(Severity::unknown);
  claim.arches = oval_arches(package.arches);
  return claim;
}

void read_definition(const OvalDefinition& definition, const std::string& ecosystem, FeedSink& sink) {
  if (definition.patchable == "Not Applicable") return;  // Microsoft judged that the package is not affected
  const auto cves = definition.cve_ids();
  if (cves.empty()) sink.problem(definition.id, "names no CVE");
  for (const std::string& cve : cves) {
    for (const OvalPackage& package : definition.packages) {
      if (package.fixed.empty() && package.last_affected.empty()) continue;
      Claim claim = claim_of(definition, package, ecosystem);
      claim.vulnerability = cve;
      sink.claim(std::move(claim));
    }
    VulnerabilityRecord record = record_of(definition, cve, "azurelinux");
    record.description.clear();  // it repeats the version comparison
    sink.vulnerability(std::move(record));
  }
}

Status read(const FeedFile& file, FeedSink& sink) {
  const auto ecosystem = ecosystem_of_file(file.path);
  if (!ecosystem) return fail(ErrorCode::invalid, file.path, "does not say its release in its name");
  sink.covers(*ecosystem);
  return read_oval(file, sink, [&](const OvalHeader&, const OvalDefinition& definition) {
    read_definition(definition, *ecosystem, sink);
  });
}

constexpr std::string_view kBase = "https://raw.githubusercontent.com/microsoft/AzureLinuxVulnerabilityData/main/";

std::span<const Download> downloads() {
  static const Download list[] = {
      {std::string(kBase) + "azurelinux-3.0-oval.xml", "azurelinux/azurelinux-3.0-oval.xml"},
      {std::string(kBase) + "cbl-mariner-2.0-oval.xml", "azurelinux/cbl-mariner-2.0-oval.xml"},
  };
  return list;
}

}  // namespace

const Feed kAzureLinuxFeed = {
    .name = "azurelinux",
    .title = "Azure Linux and CBL-Mariner OVAL",
    .licence = "MIT, Microsoft",
    .accepts = accepts,
    .read = read,
    .downloads = downloads,
};

}  // namespace oakum::advisories
