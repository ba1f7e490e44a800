// Debian's security tracker: debian/tracker.json(.gz), and the lists of notices debian/data/{DSA,DLA}/list.
//
// The tracker knows, per source package, CVE and release, what is open and which version fixed it; it does not name the
// notices. The lists name them, and go back to releases that the tracker has dropped. So the tracker's claims take
// their `advisory` from the lists that lie beside it, and of the lists only what the tracker does not speak of becomes
// a claim: where both speak the tracker wins, as it does upstream.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "advisories/feeds/archive.h"
#include "advisories/feeds/debian_lists.h"
#include "advisories/feeds/json.h"
#include "advisories/feeds/names.h"
#include "advisories/feeds/table.h"
#include "base/fd.h"
#include "base/text.h"
#include "versions/version.h"

namespace oakum::advisories {

namespace {

constexpr std::array<std::string_view, 2> kTrackers = {"debian/tracker.json", "debian/tracker.json.gz"};
constexpr std::array<std::string_view, 2> kLists = {"debian/data/DSA/list", "debian/data/DLA/list"};

bool is_list(std::string_view path) { return std::ranges::find(kLists, path) != kLists.end(); }

bool accepts(std::string_view path) { return std::ranges::find(kTrackers, path) != kTrackers.end() || is_list(path); }

// Release, source package, CVE.
using Key = std::tuple<std::string, std::string, std::string>;

// Where another file of the mirror lies; empty when `file` is not kept under its own path.
std::string sibling(const FeedFile& file, std::string_view path) {
  if (!file.disk.ends_with(file.path)) return {};
  return file.disk.substr(0, file.disk.size() - file.path.size()) + std::string(path);
}

// --- the tracker ------------------------------------------------------------------------------------------------

// What decides a release's entry in data/json.
struct Entry {
  std::string_view status;
  std::string_view fixed;
  std::string_view urgency;
  std::string_view nodsa;
  std::string_view nodsa_reason;
  bool has_nodsa = false;
};

Entry entry_of(JsonValue release) {
  Entry entry{.status = text_at(release, "status"),
              .fixed = text_at(release, "fixed_version"),
              .urgency = text_at(release, "urgency"),
              .nodsa = text_at(release, "nodsa"),
              .nodsa_reason = text_at(release, "nodsa_reason"),
              .has_nodsa = has_member(release, "nodsa")};
  // "low**": the stars mark an urgency that was set by hand.
  while (entry.urgency.ends_with('*')) entry.urgency.remove_suffix(1);
  return entry;
}

// Whether some suite of the release has the version or a later one.
bool in_archive(JsonValue release, std::string_view version) {
  const std::optional<JsonValue> repositories = object_at(release, "repositories");
  bool present = false;
  if (!repositories) return present;
  each_member(*repositories, [&](std::string_view, JsonValue value) {
    std::string_view held;
    if (value.get_string().get(held) != simdjson::SUCCESS) return;
    const Result<std::strong_ordering> order = versions::compare(VersionScheme::deb, version, held);
    present = present || (order && *order <= 0);
  });
  return present;
}

void set_unfixed(const Entry& entry, Claim& claim) {
  claim.status = FixStatus::affected;
  if (entry.status == "undetermined") {
    claim.status = FixStatus::under_investigation;
  } else if (entry.urgency == "end-of-life") {
    claim.status = FixStatus::end_of_life;
    claim.reason = "end-of-life: no security support for this package";
  } else if (entry.nodsa_reason == "ignored") {
    claim.status = FixStatus::will_not_fix;
  } else if (entry.nodsa_reason == "postponed") {
    claim.status = FixStatus::fix_deferred;
  }
  if (entry.has_nodsa) {
    const std::string word = entry.nodsa_reason.empty() ? "no-dsa" : std::string(entry.nodsa_reason);
    claim.reason = entry.nodsa.empty() ? word : word + ": " + std::string(entry.nodsa);
  } else if (entry.urgency == "unimportant") {
    claim.reason = "unimportant";
  }
}

void set_state(const Entry& entry, JsonValue release, Claim& claim) {
  claim.severity = parse_severity(entry.urgency).value_or(Severity::unknown);
  if (entry.fixed == "0") {
    claim.status = FixStatus::not_affected;
    return;
  }
  claim.ranges.push_back({{}, std::string(entry.fixed), {}});
  if (entry.fixed.empty()) return set_unfixed(entry, claim);
  if (entry.status == "resolved" || in_archive(release, entry.fixed)) {
    claim.status = FixStatus::fixed;
    return;
  }
  // A fix that was made but is in no suite of the release is none that can be installed.
  set_unfixed(entry, claim);
  if (claim.reason.empty()) claim.reason = "the fixed version is not in the release's archive";
}

struct Notice {
  std::string advisory;
  std::string version;
};
using Notices = std::map<Key, Notice>;

Status read_text(const std::string& disk, std::string_view name, std::string& text) {
  OAKUM_TRY(const Document document, Document::read(disk, name));
  text = document.bytes();
  return {};
}

// The last notice wins where several name the CVE: the lists begin with the newest.
Notices read_notices(const FeedFile& tracker, FeedSink& sink) {
  Notices notices;
  for (const std::string_view path : kLists) {
    const std::string disk = sibling(tracker, path);
    std::string text;
    if (disk.empty() || !path_exists(disk)) continue;
    if (const Status status = read_text(disk, path, text); !status) {
      sink.problem(path, status.error().message());
      continue;
    }
    const auto keep = [&](const ListedFix& fix) {
      if (fix.state != ListedState::fixed) return;
      for (const std::string& cve : *fix.cves) {
        notices.try_emplace(Key{fix.codename, fix.package, cve}, std::string(fix.advisory), std::string(fix.version));
      }
    };
    read_debian_list(text, keep, [](std::size_t) {});
  }
  return notices;
}

struct TrackerRun {
  FeedSink& sink;
  Notices notices;
  std::set<std::string> ecosystems;
  std::set<std::string> unknown;
};

void read_release(TrackerRun& run, std::string_view package, std::string_view id, std::string_view codename,
                  JsonValue release) {
  const std::string_view number = debian_release(codename);
  if (number.empty()) {
    if (codename != "experimental" && run.unknown.size() < 100) run.unknown.emplace(codename.substr(0, 80));
    return;
  }
  Claim claim;
  claim.ecosystem = "debian:" + std::string(number);
  claim.by = PackageName::source;
  claim.package = package;
  claim.vulnerability = id;
  set_state(entry_of(release), release, claim);
  if (claim.status == FixStatus::fixed) {
    const auto notice = run.notices.find(Key{codename, package, id});
    if (notice != run.notices.end()) claim.advisory = notice->second.advisory;
  }
  run.ecosystems.insert(claim.ecosystem);
  run.sink.claim(std::move(claim));
}

void read_vulnerability(TrackerRun& run, std::string_view package, std::string_view id, JsonValue value) {
  const std::optional<JsonValue> releases = object_at(value, "releases");
  if (package.empty() || id.empty() || id.size() > 200 || !releases) {
    run.sink.problem("debian/tracker.json: " + printable(package, 100), "an entry without releases");
    return;
  }
  each_member(*releases,
              [&](std::string_view codename, JsonValue release) { read_release(run, package, id, codename, release); });
  const std::string_view description = text_at(value, "description");
  if (description.empty()) return;
  VulnerabilityRecord record;
  record.id = id;
  record.description = description;
  run.sink.vulnerability(std::move(record));
}

Status read_tracker(const FeedFile& file, FeedSink& sink) {
  OAKUM_TRY(const Document document, Document::read(file.disk, file.path));
  JsonReader reader;
  OAKUM_TRY(const JsonValue root, reader.parse(document.bytes(), file.path));
  if (!root.is_object()) return fail(ErrorCode::invalid, file.path, "is not an object of source packages");
  TrackerRun run{.sink = sink, .notices = read_notices(file, sink), .ecosystems = {}, .unknown = {}};
  each_member(root, [&](std::string_view package, JsonValue vulnerabilities) {
    each_member(vulnerabilities,
                [&](std::string_view id, JsonValue value) { read_vulnerability(run, package, id, value); });
  });
  if (run.ecosystems.empty()) return fail(ErrorCode::invalid, file.path, "holds no entry for any release");
  for (const std::string& ecosystem : run.ecosystems) sink.covers(ecosystem);
  for (const std::string& codename : run.unknown) {
    sink.note(file.path + ": entries of the release '" + printable(codename, 80) +
              "' are skipped: oakum does not know it");
  }
  return {};
}

// --- the lists --------------------------------------------------------------------------------------------------

// What the tracker beside the list speaks of.
std::set<Key> tracked(const FeedFile& list) {
  std::set<Key> keys;
  for (const std::string_view path : kTrackers) {
    const std::string disk = sibling(list, path);
    if (disk.empty() || !path_exists(disk)) continue;
    const Result<Document> document = Document::read(disk, path);
    if (!document) continue;
    JsonReader reader;
    const Result<JsonValue> root = reader.parse(document->bytes(), path);
    if (!root) continue;
    each_member(*root, [&](std::string_view package, JsonValue vulnerabilities) {
      each_member(vulnerabilities, [&](std::string_view id, JsonValue value) {
        const std::optional<JsonValue> releases = object_at(value, "releases");
        if (!releases) return;
        each_member(*releases, [&](std::string_view codename, JsonValue) { keys.emplace(codename, package, id); });
      });
    });
  }
  return keys;
}

FixStatus status_of(ListedState state) {
  switch (state) {
    case ListedState::fixed:
      return FixStatus::fixed;
    case ListedState::not_affected:
      return FixStatus::not_affected;
    case ListedState::unfixed:
      return FixStatus::affected;
    case ListedState::end_of_life:
      return FixStatus::end_of_life;
  }
  return FixStatus::unknown;
}

// Several notices may fix one CVE in one package: the highest version is the one that is complete.
void keep_highest(std::map<Key, Claim>& claims, const Key& key, Claim claim) {
  const auto [it, fresh] = claims.try_emplace(key, claim);
  if (fresh || claim.status != FixStatus::fixed) return;
  if (it->second.status == FixStatus::fixed) {
    const Result<std::strong_ordering> order =
        versions::compare(VersionScheme::deb, claim.ranges.front().fixed, it->second.ranges.front().fixed);
    if (!order || *order <= 0) return;
  }
  it->second = std::move(claim);
}

Claim claim_of(const ListedFix& fix, std::string_view release, const std::string& cve) {
  Claim claim;
  claim.ecosystem = "debian:" + std::string(release);
  claim.by = PackageName::source;
  claim.package = fix.package;
  claim.vulnerability = cve;
  claim.advisory = fix.advisory;
  claim.status = status_of(fix.state);
  if (claim.status != FixStatus::not_affected) claim.ranges.push_back({{}, std::string(fix.version), {}});
  return claim;
}

Status read_list(const FeedFile& file, FeedSink& sink) {
  std::string text;
  OAKUM_CHECK(read_text(file.disk, file.path, text));
  const std::set<Key> known = tracked(file);
  std::map<Key, Claim> claims;
  const auto keep = [&](const ListedFix& fix) {
    const std::string_view release = debian_release(fix.codename);
    if (release.empty()) return;
    for (const std::string& cve : *fix.cves) {
      Key key{fix.codename, fix.package, cve};
      if (!known.contains(key)) keep_highest(claims, key, claim_of(fix, release, cve));
    }
  };
  const auto problem = [&](std::size_t line) {
    sink.problem(file.path + ":" + std::to_string(line), "is no line of a list of notices");
  };
  const std::size_t notices = read_debian_list(text, keep, problem);
  if (notices == 0) return fail(ErrorCode::invalid, file.path, "holds no notice");
  for (auto& [key, claim] : claims) sink.claim(std::move(claim));
  // Beside the tracker the lists are not what says how old the data is.
  if (const std::string date = date_of_debian_list(text); known.empty() && !date.empty()) sink.dated(date);
  return {};
}

Status read(const FeedFile& file, FeedSink& sink) {
  return is_list(file.path) ? read_list(file, sink) : read_tracker(file, sink);
}

std::span<const Download> downloads() {
  constexpr std::string_view kRepository =
      "https://salsa.debian.org/security-tracker-team/security-tracker/-/raw/master/";
  static const std::array kDownloads = {
      Download{"https://security-tracker.debian.org/tracker/data/json", "debian/tracker.json"},
      Download{std::string(kRepository) + "data/DSA/list", "debian/data/DSA/list"},
      Download{std::string(kRepository) + "data/DLA/list", "debian/data/DLA/list"}};
  return kDownloads;
}

}  // namespace

const Feed kDebianFeed = {.name = "debian",
                          .title = "Debian security tracker",
                          .licence = "permissive, see https://www.debian.org/license",
                          .accepts = accepts,
                          .read = read,
                          .downloads = downloads};

}  // namespace oakum::advisories
