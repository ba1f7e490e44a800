#include "versions/semver.h"

#include "versions/schemes.h"

namespace oakum::versions {

namespace {

enum Tag : unsigned { kEnd = 1, kNumeric = 2, kAlphanumeric = 3, kRelease = 4 };

constexpr bool is_identifier_char(char c) { return is_alnum(c) || c == '-'; }

bool is_strict_number(std::string_view digits) {
  return digits.size() == 1 || (!digits.empty() && digits.front() != '0');
}

}  // namespace

bool is_identifier_list(std::string_view text, bool strict) {
  do {
    const std::string_view identifier = take_while(text, is_identifier_char);
    if (identifier.empty()) return false;
    if (strict && all_digits(identifier) && !is_strict_number(identifier)) return false;
    if (text.empty()) return true;
  } while (take(text, '.'));
  return false;
}

std::optional<Semver> parse_semver(std::string_view text) {
  Semver version{.numbers = {"0", "0", "0"}, .prerelease = {}};
  for (std::size_t i = 0; i < 3; ++i) {
    version.numbers[i] = take_digits(text);
    if (!is_strict_number(version.numbers[i])) return std::nullopt;
    if (text.empty()) {
      for (std::size_t j = i + 1; j < 3; ++j) version.numbers[j] = "0";
      return version;
    }
    if (i < 2 && !take(text, '.')) return std::nullopt;
  }
  if (take(text, '-')) {
    version.prerelease = take_while(text, [](char c) { return c != '+'; });
    if (!is_identifier_list(version.prerelease, true)) return std::nullopt;
  }
  if (take(text, '+')) {
    if (!is_identifier_list(text, false)) return std::nullopt;
    text = {};
  }
  if (!text.empty()) return std::nullopt;
  return version;
}

void append_prerelease(KeyBuilder& key, std::string_view prerelease) {
  if (prerelease.empty()) return key.byte(kRelease);
  while (!prerelease.empty()) {
    const std::string_view identifier = take_while(prerelease, [](char c) { return c != '.'; });
    if (!prerelease.empty()) prerelease.remove_prefix(1);
    if (all_digits(identifier)) {
      key.byte(kNumeric);
      key.number(identifier);
    } else {
      key.byte(kAlphanumeric);
      key.text(identifier);
    }
  }
  key.byte(kEnd);
}

std::string semver_key_of(const Semver& version) {
  KeyBuilder key;
  for (const std::string_view number : version.numbers) key.number(number);
  append_prerelease(key, version.prerelease);
  return std::move(key).take();
}

std::string prerelease_key(std::string_view prerelease) {
  KeyBuilder key;
  append_prerelease(key, prerelease);
  return std::move(key).take();
}

int compare_digits(std::string_view a, std::string_view b) {
  a = without_leading_zeros(a);
  b = without_leading_zeros(b);
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  const int order = a.compare(b);
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

std::string increment(std::string_view digits) {
  std::string sum(digits);
  for (std::size_t i = sum.size(); i-- > 0;) {
    if (sum[i] != '9') {
      ++sum[i];
      return sum;
    }
    sum[i] = '0';
  }
  return '1' + sum;
}

Result<std::string> semver_key(std::string_view text) {
  const std::optional<Semver> version = parse_semver(text);
  if (!version) return refuse(VersionScheme::semver, text, "it is not MAJOR.MINOR.PATCH[-PRERELEASE][+BUILD]");
  return semver_key_of(*version);
}

}  // namespace oakum::versions
