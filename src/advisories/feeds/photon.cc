// Photon OS: photon/cve_data_photon<version>.json, a list of CVEs by package with the version that resolves each.
#include "advisories/feeds/archive.h"
#include "advisories/feeds/json.h"
#include "advisories/feeds/names.h"
#include "advisories/feeds/table.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

constexpr std::string_view kPrefix = "photon/cve_data_photon";
constexpr std::string_view kSuffix = ".json";

// "photon/cve_data_photon5.0.json" → "5"; empty for any other path.
std::string_view release_of(std::string_view path) {
  if (!path.starts_with(kPrefix) || !path.ends_with(kSuffix) || path.size() <= kPrefix.size() + kSuffix.size())
    return {};
  const std::string_view version = path.substr(kPrefix.size(), path.size() - kPrefix.size() - kSuffix.size());
  const std::string_view major = version.substr(0, version.find('.'));
  return parse_number<unsigned>(major) ? major : std::string_view();
}

bool accepts(std::string_view path) { return !release_of(path).empty(); }

bool is_version(std::string_view text) { return !text.empty() && text.front() >= '0' && text.front() <= '9'; }

void set_state(JsonValue entry, Claim& claim) {
  const std::string status = to_lower(text_at(entry, "status"));
  const std::string_view resolved = text_at(entry, "res_ver");
  if (status == "not affected") {
    claim.status = FixStatus::not_affected;
    return;
  }
  claim.status = is_version(resolved) ? FixStatus::fixed : FixStatus::affected;
  claim.ranges.push_back({{}, is_version(resolved) ? std::string(resolved) : std::string(), {}});
  if (claim.status == FixStatus::affected) claim.reason = status.substr(0, 200);
}

void read_entry(JsonValue entry, std::string_view release, std::string_view place, FeedSink& sink) {
  Claim claim;
  claim.ecosystem = "photon:" + std::string(release);
  claim.package = text_at(entry, "pkg");
  claim.vulnerability = text_at(entry, "cve_id");
  if (claim.package.empty() || claim.vulnerability.empty())
    return sink.problem(place, "an entry without pkg or cve_id");
  set_state(entry, claim);
  const std::optional<double> score = number_at(entry, "cve_score");
  if (score && *score > 0 && *score <= 10) claim.severity = severity_of_cvss(*score);
  sink.claim(std::move(claim));
}

Status read(const FeedFile& file, FeedSink& sink) {
  OAKUM_TRY(const Document document, Document::read(file.disk, file.path));
  JsonReader reader;
  OAKUM_TRY(const JsonValue root, reader.parse(document.bytes(), file.path));
  JsonArray entries;
  if (root.get_array().get(entries) != simdjson::SUCCESS) {
    return fail(ErrorCode::invalid, file.path, "is not a list of CVEs");
  }
  const std::string_view release = release_of(file.path);
  for (const JsonValue entry : entries) read_entry(entry, release, file.path, sink);
  sink.covers("photon:" + std::string(release));
  return {};
}

constexpr std::size_t kMaxReleases = 50;

// {"branches": ["1.0", …, "5.0"]}
Result<IndexContent> read_versions(std::string_view bytes, const DownloadIndex& self) {
  OAKUM_TRY(const Document document, Document::from_bytes(bytes, self.url));
  JsonReader reader;
  OAKUM_TRY(const JsonValue root, reader.parse(document.bytes(), self.url));
  const std::string folder = self.url.substr(0, self.url.rfind('/') + 1);
  IndexContent content;
  each_text_at(root, "branches", [&](std::string_view branch) {
    const bool version = branch.find_first_not_of("0123456789.") == std::string_view::npos && is_version(branch);
    if (!version || branch.size() > 10 || content.files.size() >= kMaxReleases) return;
    const std::string file = "cve_data_photon" + std::string(branch) + ".json";
    content.files.push_back({folder + file, "photon/" + file, {}, {}});
  });
  if (content.files.empty()) return fail(ErrorCode::invalid, self.url, "names no release of Photon OS");
  return content;
}

std::span<const DownloadIndex> indexes() {
  static const DownloadIndex all[] = {{"https://packages.broadcom.com/photon/photon_cve_metadata/photon_versions.json",
                                       "photon/photon_versions.json", read_versions}};
  return all;
}

}  // namespace

const Feed kPhotonFeed = {.name = "photon",
                          .title = "Photon OS CVE metadata",
                          .licence = "© Broadcom, see https://github.com/vmware/photon",
                          .accepts = accepts,
                          .read = read,
                          .downloads = no_downloads,
                          .indexes = indexes};

}  // namespace oakum::advisories
