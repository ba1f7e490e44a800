// Python version specifiers: PEP 440, "Version specifiers". Clauses are separated by commas and must all hold.
// Whether pre-releases are candidates at all is an installer's choice; an installed one is always tested.
#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "versions/comparison.h"
#include "versions/pep440.h"
#include "versions/schemes.h"

namespace oakum::versions {

namespace {

enum class Clause : unsigned char { arbitrary, compatible, equal, not_equal, less_equal, greater_equal, less, greater };

struct ClauseName {
  std::string_view text;
  Clause clause;
};
constexpr std::array kClauses = {
    ClauseName{"===", Clause::arbitrary}, ClauseName{"~=", Clause::compatible}, ClauseName{"==", Clause::equal},
    ClauseName{"!=", Clause::not_equal},  ClauseName{"<=", Clause::less_equal}, ClauseName{">=", Clause::greater_equal},
    ClauseName{"<", Clause::less},        ClauseName{">", Clause::greater},
};

std::string public_key(Pep440 version) {
  version.local = {};
  return pep440_key_of(version);
}

// Epoch and release alone.
std::string base_key(const Pep440& version) {
  KeyBuilder key;
  key.number(version.epoch);
  append_pep440_release(key, version, version.release.size());
  return std::move(key).take();
}

bool has_prefix(const Pep440& version, const Pep440& prefix, std::size_t components) {
  const auto same = [](std::string_view a, std::string_view b) {
    return without_leading_zeros(a) == without_leading_zeros(b);
  };
  if (!same(version.epoch, prefix.epoch)) return false;
  for (std::size_t i = 0; i < components; ++i) {
    const std::string_view own = i < version.release.size() ? version.release[i] : "0";
    if (!same(own, prefix.release[i])) return false;
  }
  return true;
}

void append_plain(std::string& text, std::string_view digits) {
  digits = without_leading_zeros(digits);
  text += digits.empty() ? "0" : digits;
}

// The normal form of a version, which "===" compares as text.
std::string normal_form(const Pep440& version) {
  constexpr std::array<std::string_view, 4> kPre = {"", "a", "b", "rc"};
  std::string text;
  if (!without_leading_zeros(version.epoch).empty()) {
    append_plain(text, version.epoch);
    text += '!';
  }
  for (std::size_t i = 0; i < version.release.size(); ++i) {
    if (i > 0) text += '.';
    append_plain(text, version.release[i]);
  }
  if (version.pre != PreRelease::none) {
    text += kPre[static_cast<std::size_t>(version.pre)];
    append_plain(text, version.pre_number);
  }
  if (version.post) append_plain(text += ".post", *version.post);
  if (version.dev) append_plain(text += ".dev", *version.dev);
  std::string_view local = version.local;
  for (char separator = '+'; !local.empty(); separator = '.') {
    text += separator;
    const std::string_view part = take_while(local, is_alnum);
    if (!local.empty()) local.remove_prefix(1);
    if (all_digits(part)) {
      append_plain(text, part);
    } else {
      text += to_lower(part);
    }
  }
  return text;
}

bool equals(const Pep440& version, const Pep440& wanted) {
  return wanted.local.empty() ? public_key(version) == public_key(wanted)
                              : pep440_key_of(version) == pep440_key_of(wanted);
}

// "<1.0" does not take pre-releases of 1.0, ">1.0" neither its post-releases nor its local versions.
bool below(const Pep440& version, const Pep440& bound) {
  if (pep440_key_of(version) >= pep440_key_of(bound)) return false;
  return bound.is_prerelease() || !version.is_prerelease() || base_key(version) != base_key(bound);
}

bool above(const Pep440& version, const Pep440& bound) {
  if (pep440_key_of(version) <= pep440_key_of(bound)) return false;
  if (base_key(version) != base_key(bound)) return true;
  return version.local.empty() && (bound.post.has_value() || !version.post);
}

bool is_plain_release(const Pep440& version) {
  return version.pre == PreRelease::none && !version.post && !version.dev && version.local.empty();
}

std::optional<bool> holds(Clause clause, std::string_view text, const Pep440& version) {
  if (clause == Clause::arbitrary) return equals_ignoring_case(normal_form(version), text);
  const bool equality = clause == Clause::equal || clause == Clause::not_equal;
  const bool wildcard = equality && text.ends_with(".*");
  if (wildcard) text.remove_suffix(2);
  const std::optional<Pep440> bound = parse_pep440(text);
  if (!bound || (!equality && !bound->local.empty())) return std::nullopt;
  if (wildcard) {
    if (!is_plain_release(*bound)) return std::nullopt;
    return has_prefix(version, *bound, bound->release.size()) == (clause == Clause::equal);
  }
  switch (clause) {
    case Clause::compatible:
      if (bound->release.size() < 2) return std::nullopt;
      return public_key(version) >= public_key(*bound) && has_prefix(version, *bound, bound->release.size() - 1);
    case Clause::equal:
      return equals(version, *bound);
    case Clause::not_equal:
      return !equals(version, *bound);
    case Clause::less_equal:
      return public_key(version) <= public_key(*bound);
    case Clause::greater_equal:
      return public_key(version) >= public_key(*bound);
    case Clause::less:
      return below(version, *bound);
    case Clause::greater:
      return above(version, *bound);
    case Clause::arbitrary:
      break;
  }
  return std::nullopt;
}

std::optional<bool> clause_holds(std::string_view text, const Pep440& version) {
  for (const ClauseName& name : kClauses) {
    if (!take(text, name.text)) continue;
    text = trim(text);
    if (text.empty() || std::ranges::any_of(text, is_space)) return std::nullopt;
    return holds(name.clause, text, version);
  }
  return std::nullopt;
}

}  // namespace

Result<bool> pep440_satisfies(std::string_view text, std::string_view constraint) {
  const std::optional<Pep440> version = parse_pep440(text);
  if (!version) return refuse(VersionScheme::pep440, text, "PEP 440 does not know its form");
  bool all = true;
  for (const std::string_view part : split(constraint, ',')) {
    const std::string_view clause = trim(part);
    if (clause.empty()) continue;
    const std::optional<bool> held = clause_holds(clause, *version);
    if (!held) return refuse_constraint(VersionScheme::pep440, constraint, "a clause of it is not a PEP 440 specifier");
    all = all && *held;
  }
  return all;
}

}  // namespace oakum::versions
