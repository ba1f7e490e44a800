// EPSS scores: a comment line with the date, a head line, then "cve,epss,percentile" rows.
#include <array>

#include "advisories/feeds/archive.h"
#include "advisories/feeds/names.h"
#include "advisories/feeds/table.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

bool accepts(std::string_view path) {
  return path == "epss/epss_scores-current.csv.gz" || path == "epss/epss_scores-current.csv";
}

std::optional<double> probability(std::string_view text) {
  const std::optional<double> value = parse_number<double>(text);
  return value && *value >= 0 && *value <= 1 ? value : std::nullopt;
}

// "#model_version:v2025.03.14,score_date:2026-08-16T00:00:00Z"
std::string_view date_of(std::string_view comment) {
  constexpr std::string_view kKey = "score_date:";
  const std::size_t at = comment.find(kKey);
  return at == std::string_view::npos ? std::string_view() : comment.substr(at + kKey.size()).substr(0, 10);
}

Status read(const FeedFile& file, FeedSink& sink) {
  OAKUM_TRY(const Document document, Document::read(file.disk, file.path));
  std::string_view rest = document.bytes();
  std::uint64_t number = 0;
  std::uint64_t read_rows = 0;
  while (std::optional<std::string_view> line = next_line(rest)) {
    ++number;
    if (line->starts_with('#')) {
      if (const std::string_view date = date_of(*line); date.size() == 10) sink.dated(date);
      continue;
    }
    std::string_view fields = *line;
    const std::string_view cve = next_field(fields, ',');
    if (cve == "cve" || line->empty()) continue;
    const std::optional<double> score = probability(next_field(fields, ','));
    const std::optional<double> percentile = probability(next_field(fields, ','));
    if (!is_cve(cve) || !score || !percentile) {
      sink.problem(file.path + ":" + std::to_string(number), "is not a row of cve,epss,percentile");
      continue;
    }
    ++read_rows;
    sink.epss({.cve = std::string(cve), .score = *score, .percentile = *percentile});
  }
  if (read_rows == 0) return fail(ErrorCode::invalid, file.path, "has no row of cve,epss,percentile");
  return {};
}

std::span<const Download> downloads() {
  static const std::array kDownloads = {
      Download{"https://epss.empiricalsecurity.com/epss_scores-current.csv.gz", "epss/epss_scores-current.csv.gz"}};
  return kDownloads;
}

}  // namespace

const Feed kEpssFeed = {.name = "epss",
                        .title = "EPSS (exploit prediction)",
                        .licence = "free use with attribution to FIRST EPSS",
                        .accepts = accepts,
                        .read = read,
                        .downloads = downloads};

}  // namespace oakum::advisories
