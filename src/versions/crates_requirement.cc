// Cargo's version requirements: comma-separated comparators, caret by default, as the semver crate matches them.
// A pre-release satisfies only a requirement that names a pre-release of the same MAJOR.MINOR.PATCH.
#include <optional>
#include <vector>

#include "base/text.h"
#include "versions/schemes.h"
#include "versions/semver.h"

namespace oakum::versions {

namespace {

constexpr std::size_t kMaxComparators = 32;  // as the semver crate has it

enum class CargoOp : unsigned char { caret, exact, greater, greater_equal, less, less_equal, tilde, wildcard };

struct Comparator {
  CargoOp op = CargoOp::caret;
  std::string_view major;
  std::optional<std::string_view> minor;
  std::optional<std::string_view> patch;
  std::string_view prerelease;
};

struct Spelling {
  std::string_view text;
  CargoOp op;
};
constexpr Spelling kSpellings[] = {
    {">=", CargoOp::greater_equal}, {"<=", CargoOp::less_equal}, {">", CargoOp::greater}, {"<", CargoOp::less},
    {"=", CargoOp::exact},          {"~", CargoOp::tilde},       {"^", CargoOp::caret},
};

constexpr bool is_wildcard(std::string_view text) { return text == "*" || text == "x" || text == "X"; }

bool is_number(std::string_view text) {
  return all_digits(text) && (text.size() == 1 || text.front() != '0') &&
         compare_digits(text, "18446744073709551615") <= 0;
}

// The numbers of a comparator: "1", "1.2", "1.*", "1.*.*", "1.2.*". nullopt where they are malformed.
bool read_numbers(std::string_view text, Comparator& comparator, bool& wildcard) {
  const std::vector<std::string_view> parts = split(text, '.');
  if (parts.size() > 3 || !is_number(parts[0])) return false;
  comparator.major = parts[0];
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (is_wildcard(parts[i])) {
      wildcard = true;
      continue;
    }
    if (wildcard || !is_number(parts[i])) return false;
    (i == 1 ? comparator.minor : comparator.patch) = parts[i];
  }
  return true;
}

std::optional<Comparator> read_comparator(std::string_view text) {
  Comparator comparator;
  bool bare = true;
  for (const Spelling& spelling : kSpellings) {
    if (!take(text, spelling.text)) continue;
    comparator.op = spelling.op;
    bare = false;
    break;
  }
  text = trim(text);
  if (const std::size_t plus = text.find('+'); plus != std::string_view::npos) {
    if (!is_identifier_list(text.substr(plus + 1), false)) return std::nullopt;
    text = text.substr(0, plus);
    if (text.find('.') == text.rfind('.')) return std::nullopt;
  }
  const std::size_t hyphen = text.find('-');
  bool wildcard = false;
  if (!read_numbers(text.substr(0, hyphen), comparator, wildcard)) return std::nullopt;
  if (hyphen != std::string_view::npos) {
    comparator.prerelease = text.substr(hyphen + 1);
    if (!comparator.patch || !is_identifier_list(comparator.prerelease, true)) return std::nullopt;
  }
  if (wildcard && bare) comparator.op = CargoOp::wildcard;
  return comparator;
}

int compare_prerelease(const Semver& version, const Comparator& comparator) {
  return prerelease_key(version.prerelease).compare(prerelease_key(comparator.prerelease));
}

// How the version compares in the numbers that the comparator has; `whole` says whether it has all three.
int compare_stated(const Semver& version, const Comparator& comparator) {
  if (const int order = compare_digits(version.numbers[0], comparator.major); order != 0) return order;
  if (!comparator.minor) return 0;
  if (const int order = compare_digits(version.numbers[1], *comparator.minor); order != 0) return order;
  return comparator.patch ? compare_digits(version.numbers[2], *comparator.patch) : 0;
}

bool matches_caret(const Semver& version, const Comparator& c) {
  if (compare_digits(version.numbers[0], c.major) != 0) return false;
  if (!c.minor) return true;
  const bool unstable = c.major == "0";
  const int minor = compare_digits(version.numbers[1], *c.minor);
  if (!c.patch) return unstable ? minor == 0 : minor >= 0;
  const int patch = compare_digits(version.numbers[2], *c.patch);
  if (!unstable) {
    if (minor != 0) return minor > 0;
    if (patch != 0) return patch > 0;
  } else {
    if (minor != 0) return false;
    if (*c.minor == "0" && patch != 0) return false;
    if (patch != 0) return patch > 0;
  }
  return compare_prerelease(version, c) >= 0;
}

bool matches_tilde(const Semver& version, const Comparator& c) {
  if (compare_digits(version.numbers[0], c.major) != 0) return false;
  if (c.minor && compare_digits(version.numbers[1], *c.minor) != 0) return false;
  if (c.patch) {
    const int patch = compare_digits(version.numbers[2], *c.patch);
    if (patch != 0) return patch > 0;
  }
  return compare_prerelease(version, c) >= 0;
}

bool matches(const Semver& version, const Comparator& c) {
  const int stated = compare_stated(version, c);
  const bool exact = stated == 0 && compare_prerelease(version, c) == 0;
  const bool greater = stated != 0 ? stated > 0 : c.patch && compare_prerelease(version, c) > 0;
  const bool less = stated != 0 ? stated < 0 : c.patch && compare_prerelease(version, c) < 0;
  switch (c.op) {
    case CargoOp::exact:
    case CargoOp::wildcard:
      return exact;
    case CargoOp::greater:
      return greater;
    case CargoOp::greater_equal:
      return exact || greater;
    case CargoOp::less:
      return less;
    case CargoOp::less_equal:
      return exact || less;
    case CargoOp::tilde:
      return matches_tilde(version, c);
    case CargoOp::caret:
      return matches_caret(version, c);
  }
  return false;
}

bool names_prerelease_of(const Comparator& c, const Semver& version) {
  return !c.prerelease.empty() && c.patch && compare_stated(version, c) == 0;
}

}  // namespace

Result<bool> crates_satisfies(std::string_view text, std::string_view constraint) {
  if (auto key = crates_key(text); !key) return std::unexpected(std::move(key.error()));
  const Semver version = parse_semver(text).value_or(Semver{});
  if (is_wildcard(trim(constraint))) return version.prerelease.empty();
  const std::vector<std::string_view> parts = split(constraint, ',');
  if (parts.size() > kMaxComparators) {
    return refuse_constraint(VersionScheme::crates, constraint,
                             "it has more than " + std::to_string(kMaxComparators) + " comparators");
  }
  bool all = true;
  bool prerelease_named = version.prerelease.empty();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string_view part = trim(parts[i]);
    if (part.empty() && i > 0 && i + 1 == parts.size()) break;  // a comma at the end is allowed
    const std::optional<Comparator> comparator = read_comparator(part);
    if (!comparator) return refuse_constraint(VersionScheme::crates, constraint, "Cargo does not read a part of it");
    all = all && matches(version, *comparator);
    prerelease_named = prerelease_named || names_prerelease_of(*comparator, version);
  }
  return all && prerelease_named;
}

}  // namespace oakum::versions
