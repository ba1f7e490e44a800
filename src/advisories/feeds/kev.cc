// CISA's catalogue of known exploited vulnerabilities.
#include <array>

#include "advisories/feeds/archive.h"
#include "advisories/feeds/json.h"
#include "advisories/feeds/names.h"
#include "advisories/feeds/table.h"

namespace oakum::advisories {

namespace {

constexpr std::string_view kPath = "kev/known_exploited_vulnerabilities.json";

bool accepts(std::string_view path) { return path == kPath; }

Status read(const FeedFile& file, FeedSink& sink) {
  OAKUM_TRY(const Document document, Document::read(file.disk, file.path));
  JsonReader reader;
  OAKUM_TRY(const JsonValue root, reader.parse(document.bytes(), file.path));
  const std::optional<JsonArray> entries = array_at(root, "vulnerabilities");
  if (!entries) return fail(ErrorCode::invalid, file.path, "has no list of vulnerabilities");
  for (const JsonValue entry : *entries) {
    const std::string_view cve = text_at(entry, "cveID");
    if (!is_cve(cve)) {
      sink.problem(file.path, "an entry without a CVE id");
      continue;
    }
    sink.kev({.cve = std::string(cve),
              .date_added = std::string(text_at(entry, "dateAdded")),
              .due_date = std::string(text_at(entry, "dueDate")),
              .ransomware = text_at(entry, "knownRansomwareCampaignUse") == "Known"});
  }
  sink.dated(text_at(root, "dateReleased").substr(0, 10));
  return {};
}

std::span<const Download> downloads() {
  static const std::array kDownloads = {Download{
      "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json", std::string(kPath)}};
  return kDownloads;
}

}  // namespace

const Feed kKevFeed = {.name = "kev",
                       .title = "CISA known exploited vulnerabilities",
                       .licence = "CC0 1.0",
                       .accepts = accepts,
                       .read = read,
                       .downloads = downloads};

}  // namespace oakum::advisories
