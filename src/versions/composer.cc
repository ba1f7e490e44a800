// Composer versions: normalised as composer/semver's VersionParser does, ordered as PHP's version_compare() orders the
// normal form: dev < alpha < beta < RC < (end) < number < patch.
//
// A branch ("dev-main") is below every version; among each other branches have no order in Composer, here they are
// sorted by name.
#include "versions/composer.h"

#include "base/text.h"
#include "versions/key.h"
#include "versions/schemes.h"

namespace oakum::versions {

namespace {

struct Stability {
  std::string_view word;
  std::string_view name;
};

// Words before their prefixes.
constexpr std::array kStabilities = {
    Stability{"stable", "stable"}, Stability{"beta", "beta"},   Stability{"b", "beta"},
    Stability{"rc", "RC"},         Stability{"alpha", "alpha"}, Stability{"a", "alpha"},
    Stability{"patch", "patch"},   Stability{"pl", "patch"},    Stability{"p", "patch"},
};
constexpr std::array<std::string_view, 5> kFlags = {"stable", "rc", "beta", "alpha", "dev"};

enum Tag : unsigned {
  kBranch = 0,
  kDev = 1,
  kAlpha = 2,
  kBeta = 3,
  kCandidate = 4,
  kEnd = 5,
  kNumber = 6,
  kPatch = 0xFF
};

constexpr bool is_wildcard(char c) { return c == 'x' || c == 'X' || c == '*'; }

// (?:[.-]?\d+)*
std::string_view take_suffix_numbers(std::string_view& text) {
  const std::string_view before = text;
  while (!text.empty()) {
    std::string_view rest = text;
    if (rest.front() == '.' || rest.front() == '-') rest.remove_prefix(1);
    if (take_digits(rest).empty()) break;
    text = rest;
  }
  return before.substr(0, before.size() - text.size());
}

bool take_ignoring_case(std::string_view& text, std::string_view word) {
  if (!starts_with_word(text, word)) return false;
  text.remove_prefix(word.size());
  return true;
}

std::string with_suffix(std::string version, const ComposerSuffix& suffix) {
  if (suffix.stability == "stable") return version;
  if (!suffix.stability.empty()) {
    version += '-';
    version += suffix.stability;
    std::string_view numbers = suffix.numbers;
    take_while(numbers, [](char c) { return c == '.' || c == '-'; });
    version += numbers;
  }
  if (suffix.dev) version += "-dev";
  return version;
}

// ^v?(\d{1,5})(\.\d++)?(\.\d++)?(\.\d++)?suffix$
std::optional<std::string> normalise_classical(std::string_view text) {
  take_ignoring_case(text, "v");
  const std::string_view major = take_digits(text);
  if (major.empty() || major.size() > 5) return std::nullopt;
  std::string version(major);
  for (int i = 1; i < 4; ++i) {
    version += '.';
    if (text.size() > 1 && text.front() == '.' && is_digit(text[1])) {
      text.remove_prefix(1);
      version += take_digits(text);
    } else {
      version += '0';
    }
  }
  const std::optional<ComposerSuffix> suffix = parse_composer_suffix(text);
  if (!suffix) return std::nullopt;
  return with_suffix(std::move(version), *suffix);
}

std::size_t digits_at(std::string_view text, std::size_t at, std::size_t most) {
  std::size_t n = 0;
  while (n < most && at + n < text.size() && is_digit(text[at + n])) ++n;
  return n;
}

std::size_t past_date_separator(std::string_view text, std::size_t at) {
  return at < text.size() && (text[at] == '.' || text[at] == ':' || text[at] == '-') ? at + 1 : at;
}

std::string dotted(std::string_view date) {
  std::string version(date);
  for (char& c : version)
    if (!is_digit(c)) c = '.';
  return version;
}

// The longest date ending at `end` or shortened as the pattern's backtracking would, with a good suffix behind it.
std::optional<std::string> finish_date(std::string_view text, std::size_t end) {
  const std::size_t tail = past_date_separator(text, end);
  for (std::size_t n = digits_at(text, tail, 3); n > 0; --n) {
    if (const auto suffix = parse_composer_suffix(text.substr(tail + n)))
      return with_suffix(dotted(text.substr(0, tail + n)), *suffix);
  }
  if (const auto suffix = parse_composer_suffix(text.substr(end)))
    return with_suffix(dotted(text.substr(0, end)), *suffix);
  return std::nullopt;
}

// ^v?(\d{4}(?:[.:-]?\d{2}){1,6}(?:[.:-]?\d{1,3})?)suffix$
std::optional<std::string> normalise_date(std::string_view text) {
  take_ignoring_case(text, "v");
  if (digits_at(text, 0, 4) != 4) return std::nullopt;
  std::array<std::size_t, 6> ends{};
  std::size_t groups = 0;
  for (std::size_t at = 4; groups < ends.size(); ++groups) {
    at = past_date_separator(text, at);
    if (digits_at(text, at, 2) != 2) break;
    at += 2;
    ends[groups] = at;
  }
  for (; groups > 0; --groups)
    if (auto version = finish_date(text, ends[groups - 1])) return version;
  return std::nullopt;
}

// A numeric branch: "2.x" → "2.9999999.9999999.9999999-dev".
std::optional<std::string> normalise_numeric_branch(std::string_view text) {
  text = trim(text);
  take_ignoring_case(text, "v");
  std::string version(take_digits(text));
  if (version.empty()) return std::nullopt;
  for (int i = 1; i < 4; ++i) {
    version += '.';
    if (!take(text, '.')) {
      version += "9999999";
    } else if (!text.empty() && is_wildcard(text.front())) {
      text.remove_prefix(1);
      version += "9999999";
    } else {
      const std::string_view digits = take_digits(text);
      if (digits.empty()) return std::nullopt;
      version += digits;
    }
  }
  if (!text.empty()) return std::nullopt;
  return version + "-dev";
}

std::optional<std::string> normalise_dev(std::string_view text) {
  if (text.size() < 3 || !equals_ignoring_case(text.substr(text.size() - 3), "dev")) return std::nullopt;
  text.remove_suffix(3);
  if (text.ends_with('.') || text.ends_with('-')) text.remove_suffix(1);
  return normalise_numeric_branch(text);
}

void drop_build_metadata(std::string_view& text) {
  const std::size_t plus = text.find('+');
  if (plus == std::string_view::npos || plus == 0 || plus + 1 == text.size()) return;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (is_space(text[i]) || (i < plus && text[i] == ',')) return;
  text = text.substr(0, plus);
}

}  // namespace

bool starts_with_word(std::string_view text, std::string_view lower_case_word) {
  if (text.size() < lower_case_word.size()) return false;
  for (std::size_t i = 0; i < lower_case_word.size(); ++i)
    if (lower(text[i]) != lower_case_word[i]) return false;
  return true;
}

bool is_composer_branch(std::string_view normalised) { return normalised.starts_with("dev-"); }

std::optional<ComposerSuffix> parse_composer_suffix(std::string_view text) {
  ComposerSuffix suffix;
  if (!text.empty() && (text.front() == '.' || text.front() == '_' || text.front() == '-')) text.remove_prefix(1);
  for (const Stability& stability : kStabilities) {
    if (!take_ignoring_case(text, stability.word)) continue;
    suffix.stability = stability.name;
    suffix.numbers = take_suffix_numbers(text);
    break;
  }
  if (text.empty()) return suffix;
  if (text.front() == '.' || text.front() == '-') text.remove_prefix(1);
  suffix.dev = equals_ignoring_case(text, "dev");
  return suffix.dev ? std::optional(suffix) : std::nullopt;
}

void drop_composer_alias(std::string_view& text) {
  const std::string_view real = text.substr(0, text.find_first_of(", \t\r\n"));
  std::string_view rest = text.substr(real.size());
  const std::string_view space = take_while(rest, [](char c) { return c == ' '; });
  if (real.empty() || space.empty() || !take(rest, "as ")) return;
  take_while(rest, [](char c) { return c == ' '; });
  if (!rest.empty() && rest.find_first_of(", \t\r\n") == std::string_view::npos) text = real;
}

std::string take_composer_flag(std::string_view& text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return {};
  std::string flag = to_lower(text.substr(at + 1));
  for (const std::string_view known : kFlags) {
    if (flag != known) continue;
    text = text.substr(0, at);
    return flag;
  }
  return {};
}

std::optional<std::string> normalise_composer(std::string_view text) {
  text = trim(text);
  drop_composer_alias(text);
  take_composer_flag(text);
  if (text == "master" || text == "trunk" || text == "default") return "dev-" + std::string(text);
  if (starts_with_word(text, "dev-")) return "dev-" + std::string(text.substr(4));
  drop_build_metadata(text);
  if (auto version = normalise_classical(text)) return version;
  if (auto version = normalise_date(text)) return version;
  return normalise_dev(text);
}

std::string composer_key_of(std::string_view normalised) {
  KeyBuilder key;
  if (is_composer_branch(normalised)) {
    key.byte(kBranch);
    key.text(normalised.substr(4));
    return std::move(key).take();
  }
  while (!normalised.empty()) {
    if (is_digit(normalised.front())) {
      key.number(take_digits(normalised), kNumber);
      continue;
    }
    const std::string_view word = take_while(normalised, is_alpha);
    if (word == "dev") key.byte(kDev);
    if (word == "alpha") key.byte(kAlpha);
    if (word == "beta") key.byte(kBeta);
    if (word == "RC" || word == "rc") key.byte(kCandidate);
    if (word == "patch") key.byte(kPatch);
    if (word.empty()) normalised.remove_prefix(1);
  }
  key.byte(kEnd);
  return std::move(key).take();
}

Result<std::string> composer_key(std::string_view text) {
  const std::optional<std::string> normalised = normalise_composer(text);
  if (!normalised) return refuse(VersionScheme::composer, text, "Composer does not know its form");
  return composer_key_of(*normalised);
}

}  // namespace oakum::versions
