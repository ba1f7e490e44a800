// Node.js core: nodejs/vuln/core/index.json of the Node.js security working group, for Node.js itself ("node").
//
// `vulnerable` and `patched` are npm ranges; what is affected is the first without the second.
#include <algorithm>
#include <array>
#include <compare>
#include <vector>

#include "advisories/feeds/archive.h"
#include "advisories/feeds/json.h"
#include "advisories/feeds/names.h"
#include "advisories/feeds/table.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

constexpr std::string_view kPath = "nodejs/vuln/core/index.json";

bool accepts(std::string_view path) { return path == kPath; }

struct Triple {
  std::uint32_t major = 0;
  std::uint32_t minor = 0;
  std::uint32_t patch = 0;
  auto operator<=>(const Triple&) const = default;
};
constexpr Triple kStart = {};
constexpr Triple kEnd = {~0U, 0, 0};

std::string to_text(Triple v) {
  return std::to_string(v.major) + "." + std::to_string(v.minor) + "." + std::to_string(v.patch);
}

// Versions from `from` on, before `to`.
struct Interval {
  Triple from;
  Triple to;
};

// A version of one to three parts, "x" or nothing for the parts that are open.
struct Partial {
  Triple lowest;
  std::size_t parts = 0;

  // The first version that is not of the partial one: "4.2.x" → 4.3.0.
  Triple next() const {
    if (parts == 1) return {lowest.major + 1, 0, 0};
    if (parts == 2) return {lowest.major, lowest.minor + 1, 0};
    return {lowest.major, lowest.minor, lowest.patch + 1};
  }
  // Where "^" ends; a series of Node.js 0.x is its minor version.
  Triple next_series() const {
    return lowest.major > 0 ? Triple{lowest.major + 1, 0, 0} : Triple{0, lowest.minor + 1, 0};
  }
};

std::optional<Partial> parse_partial(std::string_view text) {
  Partial partial;
  std::array<std::uint32_t*, 3> places = {&partial.lowest.major, &partial.lowest.minor, &partial.lowest.patch};
  while (!text.empty()) {
    const std::string_view part = next_field(text, '.');
    if (part == "x" || part == "*") break;
    const std::optional<std::uint32_t> number = parse_number<std::uint32_t>(part);
    if (!number || *number > 1'000'000 || partial.parts == places.size()) return std::nullopt;
    *places[partial.parts++] = *number;
  }
  return partial.parts == 0 ? std::nullopt : std::optional(partial);
}

// One comparator narrows the interval: ">=6.0.0", "< 6.2.0", "^8.1.4", "10.x".
bool narrow(std::string_view comparator, Interval& interval) {
  constexpr std::string_view kOperators[] = {">=", "<=", "<", "^", "~", ""};
  const auto* sign = std::ranges::find_if(kOperators, [&](std::string_view op) { return comparator.starts_with(op); });
  const std::optional<Partial> version = parse_partial(trim(comparator.substr(sign->size())));
  if (!version) return false;
  if (*sign == ">=" || *sign == "^" || *sign == "~" || sign->empty()) {
    interval.from = std::max(interval.from, version->lowest);
  }
  if (*sign == "<=" || sign->empty()) interval.to = std::min(interval.to, version->next());
  if (*sign == "<") interval.to = std::min(interval.to, version->lowest);
  if (*sign == "^") interval.to = std::min(interval.to, version->next_series());
  if (*sign == "~") interval.to = std::min(interval.to, Triple{version->lowest.major, version->lowest.minor + 1, 0});
  return true;
}

// "<= 10" is one comparator although it has a space.
std::optional<Interval> parse_interval(std::string_view text) {
  Interval interval{kStart, kEnd};
  text = trim(text);
  while (!text.empty()) {
    const std::size_t digit = text.find_first_of("0123456789");
    if (digit == std::string_view::npos) return std::nullopt;
    const std::size_t end = std::min(text.find_first_of(" ,", digit), text.size());
    if (!narrow(text.substr(0, end), interval)) return std::nullopt;
    text = trim(text.substr(end));
  }
  return interval.from < interval.to ? std::optional(interval) : std::nullopt;
}

// "8.x || ^7.10.1"; nullopt when a part is not understood.
std::optional<std::vector<Interval>> parse_intervals(std::string_view text) {
  constexpr std::size_t kMost = 1000;
  std::vector<Interval> intervals;
  while (!trim(text).empty()) {
    const std::size_t bars = std::min(text.find("||"), text.size());
    const std::optional<Interval> interval = parse_interval(text.substr(0, bars));
    if (!interval || intervals.size() == kMost) return std::nullopt;
    intervals.push_back(*interval);
    text.remove_prefix(std::min(bars + 2, text.size()));
  }
  return intervals;
}

void subtract(std::vector<Interval>& from, const Interval& what) {
  std::vector<Interval> rest;
  for (const Interval& interval : from) {
    if (what.to <= interval.from || interval.to <= what.from) {
      rest.push_back(interval);
      continue;
    }
    if (interval.from < what.from) rest.push_back({interval.from, what.from});
    if (what.to < interval.to) rest.push_back({what.to, interval.to});
  }
  from = std::move(rest);
}

std::vector<AffectedRange> ranges_of(const std::vector<Interval>& intervals) {
  std::vector<AffectedRange> ranges;
  for (const Interval& interval : intervals) {
    ranges.push_back({interval.from == kStart ? std::string() : to_text(interval.from),
                      interval.to == kEnd ? std::string() : to_text(interval.to),
                      {}});
  }
  return ranges;
}

std::optional<std::vector<AffectedRange>> affected_of(JsonValue entry) {
  std::optional<std::vector<Interval>> vulnerable = parse_intervals(text_at(entry, "vulnerable"));
  std::optional<std::vector<Interval>> patched = parse_intervals(text_at(entry, "patched"));
  if (!vulnerable || !patched || vulnerable->empty()) return std::nullopt;
  for (Interval fixed : *patched) {
    // A version alone ("6.2.0") is the first fixed one of its series, as "^6.2.0" is.
    if (fixed.to == Triple{fixed.from.major, fixed.from.minor, fixed.from.patch + 1}) {
      fixed.to = Partial{fixed.from, 3}.next_series();
    }
    subtract(*vulnerable, fixed);
  }
  return ranges_of(*vulnerable);
}

std::vector<std::string> names_of(std::string_view key, JsonValue entry) {
  std::vector<std::string> names;
  each_text_at(entry, "cve", [&](std::string_view cve) {
    if (is_cve(cve)) names.emplace_back(cve);
  });
  if (names.empty()) names.push_back("NODEJS-CORE-" + std::string(key.substr(0, 20)));
  return names;
}

void read_entry(std::string_view key, JsonValue entry, FeedSink& sink) {
  const std::optional<std::vector<AffectedRange>> ranges = affected_of(entry);
  if (!ranges) return sink.problem(std::string(kPath) + ": " + printable(key, 40), "has ranges that do not read");
  const Severity severity = parse_severity(text_at(entry, "severity")).value_or(Severity::unknown);
  for (std::string& name : names_of(key, entry)) {
    if (!ranges->empty()) {
      Claim claim;
      claim.ecosystem = "node";
      claim.package = "node";
      claim.vulnerability = name;
      claim.ranges = *ranges;
      const bool fixed = std::ranges::any_of(*ranges, [](const AffectedRange& r) { return !r.fixed.empty(); });
      claim.status = fixed ? FixStatus::fixed : FixStatus::affected;
      claim.severity = severity;
      sink.claim(std::move(claim));
    }
    VulnerabilityRecord record;
    record.id = std::move(name);
    record.title = text_at(entry, "description");
    record.description = text_at(entry, "overview");
    if (const std::string_view reference = text_at(entry, "ref"); !reference.empty()) {
      record.references.emplace_back(reference);
    }
    if (severity != Severity::unknown) record.severities.push_back({"nodejs", severity, std::nullopt});
    sink.vulnerability(std::move(record));
  }
}

Status read(const FeedFile& file, FeedSink& sink) {
  OAKUM_TRY(const Document document, Document::read(file.disk, file.path));
  JsonReader reader;
  OAKUM_TRY(const JsonValue root, reader.parse(document.bytes(), file.path));
  if (!root.is_object()) return fail(ErrorCode::invalid, file.path, "is not an object of vulnerabilities");
  each_member(root, [&](std::string_view key, JsonValue entry) { read_entry(key, entry, sink); });
  sink.covers("node");
  return {};
}

std::span<const Download> downloads() {
  static const std::array kDownloads = {
      Download{"https://raw.githubusercontent.com/nodejs/security-wg/main/vuln/core/index.json", std::string(kPath)}};
  return kDownloads;
}

}  // namespace

const Feed kNodejsFeed = {.name = "nodejs",
                          .title = "Node.js core vulnerabilities",
                          .licence = "MIT",
                          .accepts = accepts,
                          .read = read,
                          .downloads = downloads};

}  // namespace oakum::advisories
