// The shape of `trivy image --format json` (SchemaVersion 2), so that what reads it goes on working. Only fields whose
// meaning is the same are given; times of the run are left out, so that equal input gives equal bytes.
#include "report/trivy.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace oakum::report {

namespace {

using Json = nlohmann::ordered_json;

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return result;
}

// Trivy knows five severities; what oakum calls info it calls LOW.
std::string severity_word(Severity severity) { return severity == Severity::info ? "LOW" : upper(to_string(severity)); }

// Trivy's numbers: 0 unknown to 4 critical.
int severity_number(Severity severity) {
  switch (severity) {
    case Severity::critical:
      return 4;
    case Severity::high:
      return 3;
    case Severity::medium:
      return 2;
    case Severity::low:
    case Severity::info:
      return 1;
    case Severity::unknown:
      return 0;
  }
  return 0;
}

struct Family {
  std::string_view id;  // os-release
  std::string_view trivy;
};
constexpr Family kFamilies[] = {{"rhel", "redhat"},
                                {"almalinux", "alma"},
                                {"ol", "oracle"},
                                {"amzn", "amazon"},
                                {"sles", "suse linux enterprise server"},
                                {"mariner", "cbl-mariner"},
                                {"opensuse-leap", "opensuse.leap"},
                                {"opensuse-tumbleweed", "opensuse.tumbleweed"}};

std::string family_of(const Target& target) {
  if (!target.distribution) return {};
  const auto* row = std::ranges::find(kFamilies, target.distribution->id, &Family::id);
  return row == std::end(kFamilies) ? target.distribution->id : std::string(row->trivy);
}

std::string without_epoch(const Package& package, std::string_view version) {
  if (package.epoch.empty()) return std::string(version);
  const std::size_t colon = version.find(':');
  return std::string(colon == std::string_view::npos ? version : version.substr(colon + 1));
}

Json layer_json(const Target& target, const std::string& diff_id) {
  Json layer = Json::object();
  if (!target.image || diff_id.empty()) return layer;
  for (const Layer& candidate : target.image->layers) {
    if (candidate.diff_id.text() != diff_id) continue;
    if (!candidate.blob.empty()) layer["Digest"] = candidate.blob.text();
    layer["DiffID"] = diff_id;
  }
  return layer;
}

struct VersionParts {
  std::string version;
  std::string release;
};

// "2.36-9+deb12u4" → {"2.36", "9+deb12u4"}; apk keeps its release in the version, as Trivy does.
VersionParts parts_of(const Package& package, const std::string& full) {
  const std::string bare = without_epoch(package, full);
  const std::size_t dash = package.ecosystem == "apk" ? std::string::npos : bare.rfind('-');
  if (dash == std::string::npos) return {bare, {}};
  return {bare.substr(0, dash), bare.substr(dash + 1)};
}

std::string id_of(const Package& package) { return package.name + "@" + package.version; }

Json package_json(const Target& target, const Package& package) {
  const VersionParts own = parts_of(package, package.version);
  const VersionParts source = parts_of(package, package.source.version);
  Json json = {{"ID", id_of(package)}, {"Name", package.name}};
  if (!package.purl.empty()) json["Identifier"] = {{"PURL", package.purl}};
  json["Version"] = own.version;
  if (!own.release.empty()) json["Release"] = own.release;
  if (const auto epoch = parse_number<unsigned>(package.epoch); epoch && *epoch != 0) json["Epoch"] = *epoch;
  if (!package.arch.empty()) json["Arch"] = package.arch;
  json["SrcName"] = package.source.name;
  json["SrcVersion"] = source.version;
  if (!source.release.empty()) json["SrcRelease"] = source.release;
  if (!package.license.empty()) json["Licenses"] = Json::array({package.license});
  if (!package.vendor.empty()) json["Maintainer"] = package.vendor;
  if (!package.module.empty()) json["Modularitylabel"] = package.module;
  json["Layer"] = layer_json(target, package.layer);
  return json;
}

// One entry a source, v2 and v3 apart.
Json cvss_json(const Vulnerability& vulnerability) {
  Json all = Json::object();
  for (const Cvss& cvss : vulnerability.cvss) {
    const std::string kind = cvss.version.starts_with("2") ? "V2" : cvss.version.starts_with("4") ? "V40" : "V3";
    all[cvss.source][kind + "Vector"] = cvss.vector;
    all[cvss.source][kind + "Score"] = cvss.score;
  }
  return all;
}

std::string primary_url(const Vulnerability& vulnerability) {
  if (!vulnerability.references.empty()) return vulnerability.references.front();
  return vulnerability.id.starts_with("CVE-") ? "https://www.cve.org/CVERecord?id=" + vulnerability.id
                                              : "https://osv.dev/vulnerability/" + vulnerability.id;
}

Json vulnerability_json(const Target& target, const Vulnerability& vulnerability) {
  const Package& package = target.packages.at(vulnerability.package);
  Json json = {{"VulnerabilityID", vulnerability.id}};
  if (!vulnerability.advisories.empty()) json["VendorIDs"] = vulnerability.advisories;
  json["PkgID"] = id_of(package);
  json["PkgName"] = package.name;
  if (!package.purl.empty()) json["PkgIdentifier"] = {{"PURL", package.purl}};
  json["InstalledVersion"] = package.version;
  if (!vulnerability.fixed.empty()) json["FixedVersion"] = vulnerability.fixed;
  json["Status"] = to_string(vulnerability.status);
  json["Layer"] = layer_json(target, package.layer);
  if (!vulnerability.severity_source.empty()) json["SeveritySource"] = vulnerability.severity_source;
  json["PrimaryURL"] = primary_url(vulnerability);
  json["DataSource"] = {{"ID", vulnerability.source}, {"Name", vulnerability.source}};
  if (!vulnerability.title.empty()) json["Title"] = vulnerability.title;
  if (!vulnerability.description.empty()) json["Description"] = vulnerability.description;
  json["Severity"] = severity_word(vulnerability.severity);
  if (!vulnerability.cwes.empty()) json["CweIDs"] = vulnerability.cwes;
  if (!vulnerability.severity_source.empty()) {
    json["VendorSeverity"] = {{vulnerability.severity_source, severity_number(vulnerability.severity)}};
  }
  if (!vulnerability.cvss.empty()) json["CVSS"] = cvss_json(vulnerability);
  if (!vulnerability.references.empty()) json["References"] = vulnerability.references;
  if (!vulnerability.published.empty()) json["PublishedDate"] = vulnerability.published;
  if (!vulnerability.modified.empty()) json["LastModifiedDate"] = vulnerability.modified;
  return json;
}

Json suppressed_json(const Target& target, const Vulnerability& vulnerability) {
  return {{"Type", "vulnerability"},
          {"Status", "ignored"},
          {"Statement", vulnerability.suppressed->reason},
          {"Source", vulnerability.suppressed->by},
          {"Finding", vulnerability_json(target, vulnerability)}};
}

Json result_json(const Target& target, const ReportOptions& options) {
  const std::string family = family_of(target);
  const std::string version = target.distribution ? target.distribution->version_id : "";
  Json result = {{"Target", target.name + (family.empty() ? "" : " (" + family + " " + version + ")")},
                 {"Class", "os-pkgs"},
                 {"Type", family}};
  if (options.list_packages) {
    result["Packages"] = Json::array();
    for (const Package& package : target.packages) result["Packages"].push_back(package_json(target, package));
  }
  Json found = Json::array();
  Json ignored = Json::array();
  for (const Vulnerability& vulnerability : target.vulnerabilities) {
    if (!vulnerability.suppressed)
      found.push_back(vulnerability_json(target, vulnerability));
    else if (options.show_suppressed)
      ignored.push_back(suppressed_json(target, vulnerability));
  }
  if (!found.empty()) result["Vulnerabilities"] = std::move(found);
  if (!ignored.empty()) result["ExperimentalModifiedFindings"] = std::move(ignored);
  return result;
}

Json metadata_json(const Target& target) {
  Json metadata = Json::object();
  if (target.distribution) {
    metadata["OS"] = {{"Family", family_of(target)}, {"Name", target.distribution->version_id}};
    if (target.past_end_of_life) metadata["OS"]["EOSL"] = true;
  }
  if (!target.image) return metadata;
  const Image& image = *target.image;
  if (!image.id.empty()) metadata["ImageID"] = image.id.text();
  metadata["DiffIDs"] = Json::array();
  for (const Layer& layer : image.layers) metadata["DiffIDs"].push_back(layer.diff_id.text());
  if (!image.tags.empty()) metadata["RepoTags"] = image.tags;
  if (!image.repo_digests.empty()) metadata["RepoDigests"] = image.repo_digests;
  const Json config = Json::parse(image.config_json, nullptr, false);
  if (!config.is_discarded()) metadata["ImageConfig"] = config;
  return metadata;
}

}  // namespace

std::string render_trivy(const Report& report, const ReportOptions& options) {
  Json document = {{"SchemaVersion", 2}};
  Json results = Json::array();
  for (const Target& target : report.targets) {
    if (&target == &report.targets.front()) {
      document["ArtifactName"] = target.name;
      document["ArtifactType"] = target.kind == TargetKind::rootfs ? "filesystem" : "container_image";
      document["Metadata"] = metadata_json(target);
    }
    results.push_back(result_json(target, options));
  }
  document["Results"] = std::move(results);
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace oakum::report
