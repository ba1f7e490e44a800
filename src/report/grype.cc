// The shape of `grype -o json`, so that what reads it goes on working. Times of the run are left out, so that equal
// input gives equal bytes.
#include "report/grype.h"

#include <nlohmann/json.hpp>

#include "base/digest.h"

namespace oakum::report {

namespace {

using Json = nlohmann::ordered_json;

std::string_view severity_word(Severity severity) {
  switch (severity) {
    case Severity::critical:
      return "Critical";
    case Severity::high:
      return "High";
    case Severity::medium:
      return "Medium";
    case Severity::low:
      return "Low";
    case Severity::info:
      return "Negligible";
    case Severity::unknown:
      return "Unknown";
  }
  return "Unknown";
}

std::string_view fix_state(FixStatus status) {
  switch (status) {
    case FixStatus::fixed:
      return "fixed";
    case FixStatus::will_not_fix:
    case FixStatus::end_of_life:
      return "wont-fix";
    case FixStatus::affected:
    case FixStatus::fix_deferred:
    case FixStatus::under_investigation:
      return "not-fixed";
    case FixStatus::unknown:
    case FixStatus::not_affected:
      return "unknown";
  }
  return "unknown";
}

std::string matcher_of(const Package& package) {
  return (package.ecosystem == "deb" ? "dpkg" : package.ecosystem) + "-matcher";
}

// Grype's namespaces look like "debian:distro:debian:12".
std::string namespace_of(const Target& target, const Vulnerability& vulnerability) {
  const std::size_t colon = target.ecosystem.find(':');
  const std::string family = target.ecosystem.substr(0, colon);
  return vulnerability.source + ":distro:" + family + ":" +
         (colon == std::string::npos ? "rolling" : target.ecosystem.substr(colon + 1));
}

Json cvss_json(const Vulnerability& vulnerability) {
  Json list = Json::array();
  for (const Cvss& cvss : vulnerability.cvss) {
    list.push_back({{"source", cvss.source},
                    {"type", "Secondary"},
                    {"version", cvss.version},
                    {"vector", cvss.vector},
                    {"metrics", {{"baseScore", cvss.score}}},
                    {"vendorMetadata", Json::object()}});
  }
  return list;
}

Json vulnerability_json(const Target& target, const Vulnerability& vulnerability) {
  Json json = {{"id", vulnerability.id},
               {"dataSource", vulnerability.references.empty() ? "" : vulnerability.references.front()},
               {"namespace", namespace_of(target, vulnerability)},
               {"severity", severity_word(vulnerability.severity)},
               {"urls", vulnerability.references},
               {"description", vulnerability.description.empty() ? vulnerability.title : vulnerability.description},
               {"cvss", cvss_json(vulnerability)}};
  if (vulnerability.kev) {
    json["knownExploited"] =
        Json::array({{{"cve", vulnerability.id},
                      {"dueDate", vulnerability.kev_due},
                      {"knownRansomwareCampaignUse", vulnerability.kev_ransomware ? "Known" : "Unknown"}}});
  }
  if (vulnerability.epss) {
    json["epss"] = Json::array({{{"cve", vulnerability.id},
                                 {"epss", *vulnerability.epss},
                                 {"percentile", vulnerability.epss_percentile.value_or(0)}}});
  }
  Json versions = Json::array();
  if (!vulnerability.fixed.empty()) versions.push_back(vulnerability.fixed);
  json["fix"] = {{"versions", std::move(versions)}, {"state", fix_state(vulnerability.status)}};
  Json advisories = Json::array();
  for (const std::string& advisory : vulnerability.advisories) advisories.push_back({{"id", advisory}, {"link", ""}});
  json["advisories"] = std::move(advisories);
  return json;
}

Json artifact_json(const Package& package) {
  const std::string identity = package.purl.empty() ? package.name + "@" + package.version : package.purl;
  Json location = {{"path", "/" + package.path}};
  if (!package.layer.empty()) location["layerID"] = package.layer;
  Json licenses = Json::array();
  if (!package.license.empty()) licenses.push_back(package.license);
  Json upstreams = Json::array();
  if (package.source.name != package.name) {
    upstreams.push_back({{"name", package.source.name}, {"version", package.source.version}});
  }
  return {{"id", std::string(Digest::sha256_of(identity + package.path).hex().substr(0, 16))},
          {"name", package.name},
          {"version", package.version},
          {"type", package.ecosystem},
          {"locations", Json::array({location})},
          {"language", ""},
          {"licenses", std::move(licenses)},
          {"cpes", Json::array()},
          {"purl", package.purl},
          {"upstreams", std::move(upstreams)}};
}

Json details_json(const Target& target, const Vulnerability& vulnerability, const Package& package) {
  const bool indirect = vulnerability.installed != package.version || package.source.name != package.name;
  const std::string constraint = vulnerability.fixed.empty() ? "none (unknown)" : "< " + vulnerability.fixed;
  const std::string version = target.distribution ? target.distribution->version_id : "";
  const std::string family = target.distribution ? target.distribution->id : "";
  return Json::array(
      {{{"type", indirect ? "exact-indirect-match" : "exact-direct-match"},
        {"matcher", matcher_of(package)},
        {"searchedBy",
         {{"distro", {{"type", family}, {"version", version}}},
          {"namespace", namespace_of(target, vulnerability)},
          {"package",
           {{"name", indirect ? package.source.name : package.name}, {"version", vulnerability.installed}}}}},
        {"found", {{"versionConstraint", constraint}, {"vulnerabilityID", vulnerability.id}}}}});
}

Json match_json(const Target& target, const Vulnerability& vulnerability) {
  const Package& package = target.packages.at(vulnerability.package);
  Json related = Json::array();
  for (const std::string& alias : vulnerability.aliases) related.push_back({{"id", alias}});
  return {{"vulnerability", vulnerability_json(target, vulnerability)},
          {"relatedVulnerabilities", std::move(related)},
          {"matchDetails", details_json(target, vulnerability, package)},
          {"artifact", artifact_json(package)}};
}

Json ignored_json(const Target& target, const Vulnerability& vulnerability) {
  Json json = match_json(target, vulnerability);
  json["appliedIgnoreRules"] =
      Json::array({{{"vulnerability", vulnerability.id}, {"reason", vulnerability.suppressed->reason}}});
  return json;
}

Json source_json(const Target& target) {
  if (!target.image) return {{"type", "directory"}, {"target", target.name}};
  const Image& image = *target.image;
  Json layers = Json::array();
  for (const Layer& layer : image.layers) layers.push_back({{"digest", layer.diff_id.text()}, {"size", layer.size}});
  return {{"type", "image"},
          {"target",
           {{"userInput", target.name},
            {"imageID", image.id.text()},
            {"manifestDigest", image.manifest.text()},
            {"tags", image.tags},
            {"repoDigests", image.repo_digests},
            {"layers", std::move(layers)},
            {"architecture", image.platform.architecture},
            {"os", image.platform.os}}}};
}

}  // namespace

std::string render_grype(const Report& report, const ReportOptions&) {
  Json matches = Json::array();
  Json ignored = Json::array();
  for (const Target& target : report.targets) {
    for (const Vulnerability& vulnerability : target.vulnerabilities) {
      if (vulnerability.suppressed)
        ignored.push_back(ignored_json(target, vulnerability));
      else
        matches.push_back(match_json(target, vulnerability));
    }
  }
  Json document = {{"matches", std::move(matches)}};
  if (!ignored.empty()) document["ignoredMatches"] = std::move(ignored);
  if (!report.targets.empty()) {
    const Target& first = report.targets.front();
    document["source"] = source_json(first);
    if (first.distribution) {
      document["distro"] = {{"name", first.distribution->id},
                            {"version", first.distribution->version_id},
                            {"idLike", Json::array({first.distribution->id_like})}};
    }
  }
  document["descriptor"] = {{"name", "oakum"}, {"version", report.tool_version}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace oakum::report
