// Arch Linux security tracker: arch/all.json, a list of vulnerability groups (AVG).
#include <algorithm>
#include <array>

#include "advisories/feeds/archive.h"
#include "advisories/feeds/json.h"
#include "advisories/feeds/table.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

constexpr std::string_view kPath = "arch/all.json";

bool accepts(std::string_view path) { return path == kPath; }

struct StatusWord {
  std::string_view word;
  FixStatus status;
};
// Testing: a fix is in the testing repository, which installed systems do not get.
constexpr StatusWord kStatuses[] = {{"Fixed", FixStatus::fixed},
                                    {"Vulnerable", FixStatus::affected},
                                    {"Testing", FixStatus::affected},
                                    {"Not affected", FixStatus::not_affected},
                                    {"Unknown", FixStatus::under_investigation}};

// `affected` is the version in which the group was found, not the first one: everything before the fix counts.
Claim claim_of(JsonValue group, const StatusWord& status) {
  Claim claim;
  claim.ecosystem = "arch";
  claim.advisory = text_at(group, "name");
  claim.severity = parse_severity(text_at(group, "severity")).value_or(Severity::unknown);
  claim.status = status.status;
  if (status.status == FixStatus::not_affected) return claim;
  const std::string_view fixed = text_at(group, "fixed");
  claim.ranges.push_back({{}, std::string(fixed), {}});
  if (status.word == "Testing") claim.reason = "the fix is in the testing repository";
  if (status.status == FixStatus::fixed && fixed.empty()) {
    claim.status = FixStatus::affected;
    claim.reason = "said to be fixed, without a version";
  }
  return claim;
}

void read_group(JsonValue group, std::string_view place, FeedSink& sink) {
  const auto* status = std::ranges::find(kStatuses, text_at(group, "status"), &StatusWord::word);
  const std::string where = std::string(place) + ": " + printable(text_at(group, "name"), 40);
  if (status == std::end(kStatuses)) return sink.problem(where, "has a status that oakum does not know");
  const Claim claim = claim_of(group, *status);
  bool complete = false;
  each_text_at(group, "packages", [&](std::string_view package) {
    each_text_at(group, "issues", [&](std::string_view issue) {
      if (package.empty() || issue.empty()) return;
      Claim one = claim;
      one.package = package;
      one.vulnerability = issue;
      complete = true;
      sink.claim(std::move(one));
    });
  });
  if (!complete) sink.problem(where, "names no package or no issue");
}

Status read(const FeedFile& file, FeedSink& sink) {
  OAKUM_TRY(const Document document, Document::read(file.disk, file.path));
  JsonReader reader;
  OAKUM_TRY(const JsonValue root, reader.parse(document.bytes(), file.path));
  JsonArray groups;
  if (root.get_array().get(groups) != simdjson::SUCCESS) {
    return fail(ErrorCode::invalid, file.path, "is not a list of vulnerability groups");
  }
  for (const JsonValue group : groups) read_group(group, file.path, sink);
  sink.covers("arch");
  return {};
}

std::span<const Download> downloads() {
  static const std::array kDownloads = {Download{"https://security.archlinux.org/all.json", std::string(kPath)}};
  return kDownloads;
}

}  // namespace

const Feed kArchFeed = {.name = "arch",
                        .title = "Arch Linux security tracker",
                        .licence = "MIT",
                        .accepts = accepts,
                        .read = read,
                        .downloads = downloads};

}  // namespace oakum::advisories
