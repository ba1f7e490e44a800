// NuGet version ranges: intervals ("[1.0,2.0)", "(,1.0]", "[1.0]"), a bare version as a minimum, and floating versions
// ("1.*", "1.0.0-beta*"), which are taken for the versions that they float over.
#include <optional>

#include "base/text.h"
#include "versions/comparison.h"
#include "versions/key.h"
#include "versions/nuget.h"
#include "versions/schemes.h"

namespace oakum::versions {

namespace {

struct Subject {
  NugetVersion version;
  std::string key;
};

// An open bound is satisfied; nullopt for a malformed one.
std::optional<bool> bound_holds(const Subject& subject, std::string_view text, Op op) {
  text = trim(text);
  if (text.empty()) return true;
  const std::optional<NugetVersion> bound = parse_nuget(text);
  if (!bound) return std::nullopt;
  return holds(op, subject.key <=> nuget_key_of(*bound));
}

std::optional<bool> interval_holds(const Subject& subject, std::string_view text) {
  const bool low_included = text.front() == '[';
  const bool high_included = text.back() == ']';
  if (text.size() < 3 || (!high_included && text.back() != ')')) return std::nullopt;
  text = text.substr(1, text.size() - 2);
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) {
    if (!low_included || !high_included || trim(text).empty()) return std::nullopt;
    return bound_holds(subject, text, Op::equal);
  }
  const std::string_view low = trim(text.substr(0, comma));
  const std::string_view high = trim(text.substr(comma + 1));
  if (low.empty() && high.empty()) return std::nullopt;
  const auto above = bound_holds(subject, low, low_included ? Op::greater_equal : Op::greater);
  const auto below = bound_holds(subject, high, high_included ? Op::less_equal : Op::less);
  if (!above || !below) return std::nullopt;
  return *above && *below;
}

// "*", "1.*", "1.2.*", "1.2.3.*": the numbers stated before the star must be those of the version.
std::optional<bool> numbers_float(const Subject& subject, std::string_view text) {
  text.remove_suffix(1);
  for (std::size_t i = 0; !text.empty(); ++i) {
    const std::string_view number = take_digits(text);
    if (i == 4 || number.empty() || !take(text, '.')) return std::nullopt;
    if (i < 4 && without_leading_zeros(number) != without_leading_zeros(subject.version.numbers[i])) return false;
  }
  return true;
}

// "1.2.3-*", "1.2.3-beta*", "1.*-*": pre-releases that begin so, and the release itself.
std::optional<bool> prerelease_floats(const Subject& subject, std::string_view numbers, std::string_view prefix) {
  prefix.remove_suffix(1);
  for (const char c : prefix)
    if (!is_alnum(c) && c != '-' && c != '.') return std::nullopt;
  std::optional<bool> same;
  if (numbers.ends_with('*')) {
    same = numbers_float(subject, numbers);
  } else if (const std::optional<NugetVersion> base = parse_nuget(numbers)) {
    NugetVersion release = subject.version;
    release.prerelease.clear();
    same = nuget_key_of(release) == nuget_key_of(*base);
  }
  if (!same) return std::nullopt;
  return *same && (subject.version.prerelease.empty() || subject.version.prerelease.starts_with(to_lower(prefix)));
}

std::optional<bool> range_holds(const Subject& subject, std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (text.front() == '[' || text.front() == '(') return interval_holds(subject, text);
  if (!text.ends_with('*')) return bound_holds(subject, text, Op::greater_equal);
  if (const std::size_t hyphen = text.find('-'); hyphen != std::string_view::npos)
    return prerelease_floats(subject, text.substr(0, hyphen), text.substr(hyphen + 1));
  const std::optional<bool> floats = numbers_float(subject, text);
  if (!floats) return std::nullopt;
  return *floats && subject.version.prerelease.empty();
}

}  // namespace

Result<bool> nuget_satisfies(std::string_view text, std::string_view constraint) {
  const std::optional<NugetVersion> version = parse_nuget(text);
  if (!version) return refuse(VersionScheme::nuget, text, "it is not N[.N[.N[.N]]][-PRERELEASE][+BUILD]");
  const Subject subject{*version, nuget_key_of(*version)};
  const std::optional<bool> held = range_holds(subject, trim(constraint));
  if (!held) return refuse_constraint(VersionScheme::nuget, constraint, "it is not a NuGet version range");
  return *held;
}

}  // namespace oakum::versions
