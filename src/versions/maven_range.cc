// Maven version ranges (VersionRange.createFromVersionSpec): "[1.0,2.0)", "[1.5]", "(,1.0],[1.2,)". A bare version is
// a soft requirement: it recommends, and every version satisfies it.
#include <optional>

#include "base/text.h"
#include "versions/key.h"
#include "versions/schemes.h"
#include "versions/version.h"

namespace oakum::versions {

namespace {

struct Interval {
  std::optional<std::string> low;
  std::optional<std::string> high;
  bool low_included = false;
  bool high_included = false;
};

Result<std::optional<std::string>> bound_key(std::string_view text) {
  text = trim(text);
  if (text.empty()) return std::optional<std::string>();
  OAKUM_TRY(std::string made, maven_key(text));
  return std::optional(std::move(made));
}

// `text` has its brackets.
Result<Interval> read_interval(std::string_view text, std::string_view whole) {
  const auto invalid = [whole](const char* why) { return refuse_constraint(VersionScheme::maven, whole, why); };
  Interval interval{.low = {}, .high = {}, .low_included = text.front() == '[', .high_included = text.back() == ']'};
  text = trim(text.substr(1, text.size() - 2));
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) {
    if (!interval.low_included || !interval.high_included) return invalid("a single version must stand in []");
    OAKUM_TRY(interval.low, maven_key(text));
    interval.high = interval.low;
    return interval;
  }
  OAKUM_TRY(interval.low, bound_key(text.substr(0, comma)));
  OAKUM_TRY(interval.high, bound_key(text.substr(comma + 1)));
  if (!interval.low || !interval.high) return interval;
  if (*interval.high < *interval.low) return invalid("a range ends below its start");
  if (*interval.high == *interval.low && !(interval.low_included && interval.high_included))
    return invalid("a range of one version must include both ends");
  return interval;
}

bool contains(const Interval& interval, const std::string& key) {
  if (interval.low && (interval.low_included ? key < *interval.low : key <= *interval.low)) return false;
  return !(interval.high && (interval.high_included ? key > *interval.high : key >= *interval.high));
}

}  // namespace

Result<bool> maven_satisfies(std::string_view version, std::string_view constraint) {
  const auto invalid = [constraint](const char* why) {
    return refuse_constraint(VersionScheme::maven, constraint, why);
  };
  OAKUM_TRY(const std::string key, maven_key(version));
  std::string_view rest = constraint;
  std::optional<Interval> previous;
  bool contained = false;
  while (rest.starts_with('[') || rest.starts_with('(')) {
    const std::size_t end = rest.find_first_of(")]");
    if (end == std::string_view::npos) return invalid("a range is not closed");
    OAKUM_TRY(Interval interval, read_interval(rest.substr(0, end + 1), constraint));
    if (previous && previous->high && (!interval.low || *interval.low < *previous->high))
      return invalid("its ranges overlap");
    contained = contained || contains(interval, key);
    previous = std::move(interval);
    rest = trim(rest.substr(end + 1));
    if (take(rest, ',')) rest = trim(rest);
  }
  if (rest.empty()) return contained;
  if (previous) return invalid("a bare version stands beside ranges");
  return true;
}

}  // namespace oakum::versions
