#include "advisories/feeds/osv_ranges.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"
#include "versions/version.h"

namespace oakum::advisories {

namespace {

enum class EventKind : std::uint8_t { introduced, fixed, last_affected, limit };
struct EventWord {
  std::string_view word;
  EventKind kind;
};
constexpr EventWord kEventWords[] = {{"introduced", EventKind::introduced},
                                     {"fixed", EventKind::fixed},
                                     {"last_affected", EventKind::last_affected},
                                     {"limit", EventKind::limit}};

struct Event {
  EventKind kind;
  std::string version;
  std::string key;
};

// "0" is before every version in OSV; RustSec writes the lowest semver instead.
bool is_start(std::string_view version) { return version == "0" || version == "0.0.0-0"; }

std::vector<Event> events_of(JsonValue range) {
  std::vector<Event> events;
  each_at(range, "events", [&](JsonValue event) {
    for (const EventWord& row : kEventWords) {
      const std::string_view version = text_at(event, row.word);
      if (version.empty() || (row.kind == EventKind::limit && version == "*")) continue;
      events.push_back({row.kind, std::string(version), {}});
    }
  });
  return events;
}

bool alternates(const std::vector<Event>& events) {
  bool open = false;
  for (const Event& event : events) {
    if ((event.kind == EventKind::introduced) == open) return false;
    open = event.kind == EventKind::introduced;
  }
  return true;
}

// The schema lets events come in any order and has the reader sort them. Where a version does not parse, the order of
// the file stands: the version is reported as unreadable when it is compared.
void sort_events(std::vector<Event>& events, VersionScheme scheme) {
  for (Event& event : events) {
    if (event.kind == EventKind::introduced && is_start(event.version)) continue;
    Result<std::string> key = versions::key(scheme, event.version);
    if (!key) return;
    event.key = std::move(*key);
  }
  std::ranges::stable_sort(events, {}, &Event::key);
}

void close(AffectedRange& range, const Event& event) {
  // A limit is no fix, but the versions from it on are not affected by this range all the same.
  (event.kind == EventKind::last_affected ? range.last_affected : range.fixed) = event.version;
}

void add_range(JsonValue range, std::optional<VersionScheme> scheme, std::vector<AffectedRange>& ranges) {
  if (text_at(range, "type") == "GIT") return;
  std::vector<Event> events = events_of(range);
  if (!alternates(events) && scheme) sort_events(events, *scheme);
  bool open = false;
  for (const Event& event : events) {
    if (event.kind == EventKind::introduced) {
      if (open) continue;
      ranges.push_back({is_start(event.version) ? std::string() : event.version, {}, {}});
      open = true;
    } else if (open) {
      close(ranges.back(), event);
      open = false;
    }
  }
}

// GitHub's upper bound of a range that has no fix: "<= 1.2.3", "< 2.0", also behind a lower bound (">= 1.0, <= 1.2").
void close_by_last_known(JsonValue affected, std::vector<AffectedRange>& ranges) {
  if (ranges.empty()) return;
  AffectedRange& last = ranges.back();
  if (!last.fixed.empty() || !last.last_affected.empty()) return;
  const std::optional<JsonValue> database = object_at(affected, "database_specific");
  if (!database) return;
  std::string_view bound = text_at(*database, "last_known_affected_version_range");
  const std::size_t at = bound.find('<');
  if (at == std::string_view::npos) return;
  bound.remove_prefix(at + 1);
  const bool inclusive = bound.starts_with('=');
  bound = trim(inclusive ? bound.substr(1) : bound);
  (inclusive ? last.last_affected : last.fixed) = std::string(bound.substr(0, bound.find(',')));
}

struct KeyRange {
  std::string introduced;
  std::string end;
  bool inclusive = false;
  bool open = false;

  bool holds(const std::string& key) const {
    return introduced <= key && (open || key < end || (inclusive && key == end));
  }
};

std::optional<KeyRange> key_range(const AffectedRange& range, VersionScheme scheme) {
  KeyRange keys;
  if (!range.introduced.empty()) {
    Result<std::string> key = versions::key(scheme, range.introduced);
    if (!key) return std::nullopt;
    keys.introduced = std::move(*key);
  }
  keys.inclusive = range.fixed.empty();
  const std::string& end = keys.inclusive ? range.last_affected : range.fixed;
  keys.open = end.empty();
  if (keys.open) return keys;
  Result<std::string> key = versions::key(scheme, end);
  if (!key) return std::nullopt;
  keys.end = std::move(*key);
  return keys;
}

// Databases list each version that a range holds once more; only those beyond the ranges say anything.
void add_versions(JsonValue affected, std::span<const AffectedRange> ranges, std::optional<VersionScheme> scheme,
                  std::vector<std::string>& versions) {
  std::vector<KeyRange> keys;
  if (scheme) {
    for (const AffectedRange& range : ranges) {
      if (std::optional<KeyRange> key = key_range(range, *scheme)) keys.push_back(std::move(*key));
    }
  }
  const bool everything = std::ranges::any_of(keys, [](const KeyRange& k) { return k.open && k.introduced.empty(); });
  each_text_at(affected, "versions", [&](std::string_view version) {
    if (everything) return;
    if (!keys.empty()) {
      const Result<std::string> key = versions::key(*scheme, version);
      if (key && std::ranges::any_of(keys, [&](const KeyRange& range) { return range.holds(*key); })) return;
    }
    versions.emplace_back(version);
  });
}

}  // namespace

void add_affected(JsonValue affected, Claim& claim) {
  const std::optional<VersionScheme> scheme = scheme_of(claim.ecosystem);
  std::vector<AffectedRange> ranges;
  each_at(affected, "ranges", [&](JsonValue range) { add_range(range, scheme, ranges); });
  close_by_last_known(affected, ranges);
  add_versions(affected, ranges, scheme, claim.versions);
  for (AffectedRange& range : ranges) {
    if (std::ranges::find(claim.ranges, range) == claim.ranges.end()) claim.ranges.push_back(std::move(range));
  }
}

}  // namespace oakum::advisories
