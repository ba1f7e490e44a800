// CISA Vulnrichment: CVE records (JSON 5.1) with CISA's own container. Severities, weaknesses and texts of CVEs; what a
// record says of affected products is by vendor and product names, so it makes no claims.
#include <algorithm>
#include <array>

#include "advisories/feeds/archive.h"
#include "advisories/feeds/cvss.h"
#include "advisories/feeds/json.h"
#include "advisories/feeds/names.h"
#include "advisories/feeds/table.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

bool accepts(std::string_view path) {
  return path == "cve/vulnrichment-develop.tar.zst" || path == "cve/vulnrichment-develop.tar.gz";
}

bool is_record(std::string_view member) {
  const std::string_view name = member.substr(member.rfind('/') + 1);
  return name.starts_with("CVE-") && name.ends_with(".json");
}

// cvssV2_0 … cvssV4_0 of one metric; the score is computed, and taken as stated where the vector does not read.
void add_metric(JsonValue metric, std::string_view source, VulnerabilityRecord& record) {
  struct Version {
    std::string_view key;
    std::string_view version;
  };
  constexpr Version kVersions[] = {{"cvssV4_0", "4.0"}, {"cvssV3_1", "3.1"}, {"cvssV3_0", "3.0"}, {"cvssV2_0", "2.0"}};
  for (const Version& row : kVersions) {
    const std::optional<JsonValue> object = object_at(metric, row.key);
    if (!object) continue;
    const std::string_view vector = text_at(*object, "vectorString");
    std::optional<Cvss> cvss = cvss_of(source, vector);
    if (!cvss) {
      const std::optional<double> stated = number_at(*object, "baseScore");
      if (!stated || *stated < 0 || *stated > 10) continue;
      cvss = Cvss{std::string(source), std::string(row.version), std::string(vector.substr(0, 512)), *stated};
    }
    const Severity severity = severity_of_cvss(cvss->score);
    record.severities.push_back({std::string(source), severity, std::move(cvss)});
  }
}

void add_weaknesses(JsonValue container, VulnerabilityRecord& record) {
  each_at(container, "problemTypes", [&](JsonValue type) {
    each_at(type, "descriptions", [&](JsonValue description) {
      const std::string_view cwe = text_at(description, "cweId");
      if (cwe.empty() || std::ranges::find(record.cwes, cwe) != record.cwes.end()) return;
      record.cwes.emplace_back(cwe);
    });
  });
}

void add_container(JsonValue container, std::string_view source, VulnerabilityRecord& record) {
  each_at(container, "metrics", [&](JsonValue metric) { add_metric(metric, source, record); });
  add_weaknesses(container, record);
}

std::string provider_of(JsonValue container) {
  const std::optional<JsonValue> provider = object_at(container, "providerMetadata");
  return provider ? to_lower(text_at(*provider, "shortName")) : std::string();
}

void add_texts(JsonValue cna, VulnerabilityRecord& record) {
  record.title = text_at(cna, "title");
  each_at(cna, "descriptions", [&](JsonValue description) {
    if (record.description.empty() && text_at(description, "lang").starts_with("en")) {
      record.description = text_at(description, "value");
    }
  });
}

Status read_record(JsonValue root, FeedSink& sink, std::string& newest) {
  const std::optional<JsonValue> metadata = object_at(root, "cveMetadata");
  const std::optional<JsonValue> containers = object_at(root, "containers");
  if (!metadata || !containers) return fail(ErrorCode::invalid, "CVE record", "has no cveMetadata or containers");
  VulnerabilityRecord record;
  record.id = text_at(*metadata, "cveId");
  if (!is_cve(record.id)) return fail(ErrorCode::invalid, "CVE record", "has no CVE id");
  record.published = text_at(*metadata, "datePublished");
  record.modified = text_at(*metadata, "dateUpdated");
  record.withdrawn = text_at(*metadata, "state") == "REJECTED";
  newest = std::max(newest, record.published.substr(0, 10));
  each_at(*containers, "adp", [&](JsonValue adp) {
    if (provider_of(adp) == "cisa-adp") add_container(adp, "cisa", record);
  });
  if (const std::optional<JsonValue> cna = object_at(*containers, "cna")) {
    const std::string provider = provider_of(*cna);
    add_container(*cna, provider.empty() ? "cna" : provider, record);
    add_texts(*cna, record);
  }
  sink.vulnerability(std::move(record));
  return {};
}

Status read(const FeedFile& file, FeedSink& sink) {
  JsonReader reader;
  std::string newest;
  std::uint64_t good = 0;
  const auto visit = [&](const ArchiveMember& member) -> Status {
    const auto one = [&]() -> Status {
      OAKUM_TRY(const JsonValue root, reader.parse(member.bytes, member.name));
      return read_record(root, sink, newest);
    };
    const Status status = one();
    good += status ? 1U : 0U;
    if (!status) sink.problem(file.path + ": " + printable(member.name, 200), status.error().why);
    return {};
  };
  const Status status = read_archive(file.disk, file.path, is_record, visit);
  if (good == 0) return status ? fail(ErrorCode::invalid, file.path, "holds no CVE record") : status;
  if (!status) sink.problem(file.path, status.error().message());
  if (!newest.empty()) sink.dated(newest);
  return {};
}

std::span<const Download> downloads() {
  static const std::array kDownloads = {Download{
      "https://github.com/cisagov/vulnrichment/archive/refs/heads/develop.tar.gz", "cve/vulnrichment-develop.tar.gz"}};
  return kDownloads;
}

}  // namespace

const Feed kVulnrichmentFeed = {.name = "vulnrichment",
                                .title = "CISA Vulnrichment (CVE records)",
                                .licence = "CC0 1.0",
                                .accepts = accepts,
                                .read = read,
                                .downloads = downloads};

}  // namespace oakum::advisories
