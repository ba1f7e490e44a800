#include "advisories/feeds/ubuntu_tracker.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "advisories/feeds/cvss.h"
#include "advisories/feeds/names.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

constexpr std::size_t kLongestText = 64 << 10;

// Streams beside the release itself, as they are written before the slash: "esm-infra/xenial".
constexpr std::string_view kChannels[] = {"esm-infra",    "esm-apps",     "esm-infra-legacy", "fips",
                                          "fips-updates", "fips-preview", "realtime",         "ros-esm"};

// "focal_curl: released (7.68.0-1ubuntu2.21)"
struct PackageStatus {
  std::string_view package;
  std::string_view release;  // "20.04"
  std::string_view channel;  // "" or "esm-infra"
  std::string_view status;
  std::string_view detail;  // inside the brackets
};

struct TrackerFile {
  std::string_view candidate;
  std::string_view published;
  Severity priority = Severity::unknown;
  std::map<std::string_view, Severity> package_priorities;
  std::string description;
  std::vector<std::string_view> references;
  std::vector<std::string_view> cvss;  // "nvd: CVSS:3.1/… [7.8 HIGH]"
  std::vector<PackageStatus> statuses;
};

// The release and channel of "focal", "esm-apps/focal" and "trusty/esm"; false for "upstream", "devel" and the like.
bool set_release(std::string_view text, PackageStatus& status) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    status.release = ubuntu_release(text);
    return !status.release.empty();
  }
  const std::string_view front = text.substr(0, slash);
  const std::string_view back = text.substr(slash + 1);
  if (back == "esm") {
    status.channel = "esm-infra";
    status.release = ubuntu_release(front);
    return !status.release.empty();
  }
  if (std::ranges::find(kChannels, front) == std::end(kChannels)) return false;
  status.channel = front;
  status.release = ubuntu_release(back);
  return !status.release.empty();
}

// "released (1.2-3)" → "released", "1.2-3"
void split_status(std::string_view value, PackageStatus& status) {
  value = trim(value);
  const std::size_t end = std::min(value.find_first_of(" \t("), value.size());
  status.status = value.substr(0, end);
  std::string_view detail = trim(value.substr(end));
  if (detail.starts_with('(')) detail.remove_prefix(1);
  if (detail.ends_with(')')) detail.remove_suffix(1);
  status.detail = trim(detail);
}

void add_status(std::string_view key, std::string_view value, TrackerFile& file) {
  const std::size_t underscore = key.find('_');
  if (underscore == std::string_view::npos || underscore + 1 == key.size()) return;
  PackageStatus status;
  status.package = key.substr(underscore + 1);
  if (!set_release(key.substr(0, underscore), status)) return;
  split_status(value, status);
  file.statuses.push_back(status);
}

void set_field(std::string_view key, std::string_view value, TrackerFile& file) {
  constexpr std::string_view kPackagePriority = "Priority_";
  if (key == "Candidate") {
    file.candidate = value;
  } else if (key == "PublicDate") {
    file.published = value;
  } else if (key == "Priority") {
    file.priority = parse_severity(value).value_or(Severity::unknown);
  } else if (key.starts_with(kPackagePriority)) {
    file.package_priorities[key.substr(kPackagePriority.size())] = parse_severity(value).value_or(Severity::unknown);
  } else {
    add_status(key, value, file);
  }
}

void add_continuation(std::string_view key, std::string_view line, TrackerFile& file) {
  if (line.empty()) return;
  if (key == "References") file.references.push_back(line);
  if (key == "CVSS") file.cvss.push_back(line);
  if (key == "Description" && file.description.size() < kLongestText) {
    if (!file.description.empty()) file.description += ' ';
    file.description += line;
  }
}

TrackerFile parse(std::string_view text) {
  TrackerFile file;
  std::string_view key;
  while (const std::optional<std::string_view> line = next_line(text)) {
    if (line->empty() || line->starts_with('#')) continue;
    if (line->front() == ' ' || line->front() == '\t') {
      add_continuation(key, trim(*line), file);
      continue;
    }
    const std::size_t colon = line->find(':');
    if (colon == std::string_view::npos) continue;
    key = trim(line->substr(0, colon));
    const std::string_view value = trim(line->substr(colon + 1));
    set_field(key, value, file);
    add_continuation(key, key == "Description" ? value : std::string_view(), file);
  }
  return file;
}

// --- claims -----------------------------------------------------------------------------------------------------

bool is_lts(std::string_view release) {
  const std::optional<int> year = parse_number<int>(release.substr(0, release.find('.')));
  return year && *year % 2 == 0 && release.ends_with(".04");
}

bool says_end_of_life(std::string_view detail) {
  constexpr std::string_view kWords[] = {"end of standard support", "end of life",           "end-of-life",
                                         "out of standard support", "end of kernel support", "reached end"};
  return std::ranges::any_of(kWords,
                             [&](std::string_view word) { return detail.find(word) != std::string_view::npos; });
}

// The version in "released (1.2-3)" or "released (1.2-3, also in …)"; empty where a remark stands in its place.
std::string_view version_in(std::string_view detail) {
  const std::string_view word = detail.substr(0, detail.find_first_of(" ,;\t"));
  return !word.empty() && word.front() >= '0' && word.front() <= '9' ? word : std::string_view();
}

struct StatusWord {
  std::string_view word;
  FixStatus status;
};
// https://git.launchpad.net/ubuntu-cve-tracker/tree/README, "STATUS"
constexpr StatusWord kStatuses[] = {
    {"released", FixStatus::fixed},        {"not-affected", FixStatus::not_affected},
    {"needed", FixStatus::affected},       {"active", FixStatus::affected},
    {"in-progress", FixStatus::affected},  {"pending", FixStatus::affected},
    {"deferred", FixStatus::fix_deferred}, {"needs-triage", FixStatus::under_investigation},
    {"ignored", FixStatus::will_not_fix},
};

class ClaimWriter {
 public:
  ClaimWriter(const TrackerFile& file, FeedSink& sink) : file_(file), sink_(sink) {}

  void write(const PackageStatus& entry) {
    const auto* row = std::ranges::find(kStatuses, entry.status, &StatusWord::word);
    // "DNE": the release does not have the package.
    if (row == std::end(kStatuses)) return;
    if (!entry.channel.empty()) return write_channel(entry, row->status);
    if (row->status == FixStatus::fixed) return write_fixed(entry);
    if (row->status == FixStatus::not_affected || clear_in_esm(entry)) return write_safe(entry);
    write_open(entry, row->status);
  }

 private:
  // Of a stream only its fixes count: what the release says of the package holds for it otherwise.
  void write_channel(const PackageStatus& entry, FixStatus status) {
    if (status == FixStatus::fixed) write_fixed(entry);
  }

  void write_fixed(const PackageStatus& entry) {
    const std::string_view version = version_in(entry.detail);
    // Without a version it was fixed before the release came out.
    if (version.empty()) return write_safe(entry);
    Claim claim = claim_of(entry, FixStatus::fixed);
    claim.ranges.push_back({{}, std::string(version), {}});
    sink_.claim(std::move(claim));
  }

  // Silence means safe already. Long-lived releases get it said, so that it can overrule what a language's database
  // says of files in the package.
  void write_safe(const PackageStatus& entry) {
    if (entry.channel.empty() && is_lts(entry.release)) sink_.claim(claim_of(entry, FixStatus::not_affected));
  }

  void write_open(const PackageStatus& entry, FixStatus status) {
    if (status == FixStatus::will_not_fix && says_end_of_life(entry.detail)) status = FixStatus::end_of_life;
    Claim claim = claim_of(entry, status);
    claim.ranges.emplace_back();
    claim.reason = reason_of(entry);
    sink_.claim(std::move(claim));
  }

  std::string reason_of(const PackageStatus& entry) const {
    std::string reason(entry.status);
    if (!entry.detail.empty()) reason += ": " + std::string(entry.detail);
    for (const PackageStatus& other : file_.statuses) {
      if (is_stream_of(other, entry) && other.status == "released") {
        reason += "; fixed in Ubuntu Pro (" + std::string(other.channel) + ")";
        break;
      }
    }
    return reason;
  }

  static bool is_stream_of(const PackageStatus& stream, const PackageStatus& entry) {
    return stream.channel.starts_with("esm-") && stream.release == entry.release && stream.package == entry.package;
  }

  // A release past its support is "ignored" whatever the facts are; its long-term stream says whether the code is
  // there.
  bool clear_in_esm(const PackageStatus& entry) const {
    if (entry.status != "ignored") return false;
    return std::ranges::any_of(file_.statuses, [&](const PackageStatus& other) {
      return is_stream_of(other, entry) && other.status == "not-affected";
    });
  }

  Claim claim_of(const PackageStatus& entry, FixStatus status) const {
    Claim claim;
    claim.ecosystem = "ubuntu:" + std::string(entry.release);
    claim.by = PackageName::source;
    claim.package = entry.package;
    claim.vulnerability = file_.candidate;
    claim.channel = entry.channel;
    claim.status = status;
    const auto own = file_.package_priorities.find(entry.package);
    claim.severity = own != file_.package_priorities.end() ? own->second : file_.priority;
    return claim;
  }

  const TrackerFile& file_;
  FeedSink& sink_;
};

// --- the vulnerability itself -----------------------------------------------------------------------------------

// "2023-10-03 18:15:00 UTC" → "2023-10-03T18:15:00Z"; a day alone stays.
std::string iso_time(std::string_view text) {
  if (text.size() < 10) return {};
  if (text.size() < 19 || !text.ends_with("UTC")) return std::string(text.substr(0, 10));
  return std::string(text.substr(0, 10)) + "T" + std::string(text.substr(11, 8)) + "Z";
}

void add_cvss(std::string_view line, VulnerabilityRecord& record) {
  const std::string_view source = trim(next_field(line, ':'));
  line = trim(line);
  const std::string_view vector = line.substr(0, line.find(' '));
  if (std::optional<Cvss> cvss = cvss_of(source, vector)) {
    const Severity severity = severity_of_cvss(cvss->score);
    record.severities.push_back({std::string(source), severity, std::move(cvss)});
  }
}

VulnerabilityRecord vulnerability_of(TrackerFile& file) {
  VulnerabilityRecord record;
  record.id = file.candidate;
  record.description = std::move(file.description);
  record.published = iso_time(file.published);
  record.references.assign(file.references.begin(), file.references.end());
  if (file.priority != Severity::unknown) record.severities.push_back({"ubuntu", file.priority, std::nullopt});
  for (const std::string_view line : file.cvss) add_cvss(line, record);
  record.withdrawn = record.description.starts_with("** REJECT");
  return record;
}

}  // namespace

Status read_ubuntu_cve(std::string_view text, std::string_view place, FeedSink& sink) {
  TrackerFile file = parse(text);
  if (!is_cve(file.candidate)) return fail(ErrorCode::invalid, std::string(place), "names no CVE as its candidate");
  ClaimWriter writer(file, sink);
  for (const PackageStatus& entry : file.statuses) writer.write(entry);
  sink.vulnerability(vulnerability_of(file));
  return {};
}

}  // namespace oakum::advisories
