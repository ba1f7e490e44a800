// Photon OS 1 to 3: OVAL by VMware, https://packages.vmware.com/photon/photon_oval_definitions/. One definition per
// notice (PHSA). Newer releases are in the feed "photon".
#include <string>

#include "advisories/feeds/oval.h"
#include "advisories/feeds/table.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

bool accepts(std::string_view path) {
  return path.starts_with("photon/") && path.find(".xml") != std::string_view::npos;
}

// "Photon 3" → "photon:3"
std::string ecosystem_of_platform(std::string_view platform) {
  constexpr std::string_view kName = "Photon ";
  if (!platform.starts_with(kName)) return {};
  const std::string_view version = platform.substr(kName.size());
  const auto major = parse_number<unsigned>(version.substr(0, version.find('.')));
  return major ? "photon:" + std::to_string(*major) : std::string();
}

// "PHSA-2020:00001 sqlite Security Update. (Important)"
std::string_view notice_of(const OvalDefinition& definition) {
  const std::string_view first = definition.title.substr(0, definition.title.find(' '));
  return first.starts_with("PHSA") ? first : std::string_view();
}

void read_definition(const OvalDefinition& definition, FeedSink& sink) {
  const auto cves = definition.cve_ids();
  for (const std::string_view platform : definition.platforms) {
    const std::string ecosystem = ecosystem_of_platform(platform);
    if (ecosystem.empty()) {
      sink.problem(definition.id, "is for an unknown platform: " + printable(platform, 200));
      continue;
    }
    sink.covers(ecosystem);
    for (const OvalPackage& package : definition.packages) {
      if (package.fixed.empty()) continue;
      Claim claim;
      claim.ecosystem = ecosystem;
      claim.package = package.name;
      claim.advisory = notice_of(definition);
      claim.status = FixStatus::fixed;
      claim.severity = parse_severity(definition.severity).value_or(Severity::unknown);
      claim.ranges = {range_of(package)};
      claim.arches = oval_arches(package.arches);
      for (const std::string& cve : cves) {
        claim.vulnerability = cve;
        sink.claim(claim);
      }
    }
  }
  for (const std::string& cve : cves) sink.vulnerability(record_of(definition, cve, "photon"));
}

Status read(const FeedFile& file, FeedSink& sink) {
  return read_oval(file, sink,
                   [&](const OvalHeader&, const OvalDefinition& definition) { read_definition(definition, sink); });
}

std::span<const Download> downloads() {
  static const Download list[] = {
      {"https://packages.vmware.com/photon/photon_oval_definitions/com.vmware.phsa-photon3.xml",
       "photon/com.vmware.phsa-photon3.xml"},
  };
  return list;
}

}  // namespace

const Feed kPhotonOvalFeed = {
    .name = "photon-oval",
    .title = "Photon OS OVAL (release 3 and older)",
    .licence = "none stated, VMware",
    .accepts = accepts,
    .read = read,
    .downloads = downloads,
};

}  // namespace oakum::advisories
