// npm versions: semantic versions as node-semver reads them in its loose mode, which is how npm reads the versions of
// packages. Absent minor and patch numbers are 0, which OSV's npm advisories need.
#include "versions/npm.h"

#include "versions/schemes.h"

namespace oakum::versions {

namespace {

constexpr std::size_t kMaxLength = 256;  // node-semver, MAX_LENGTH

constexpr bool is_prefix(char c) { return c == 'v' || c == '=' || is_space(c); }

}  // namespace

std::optional<Semver> parse_npm(std::string_view text) {
  if (text.size() > kMaxLength) return std::nullopt;
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  take_while(text, is_prefix);
  Semver version{.numbers = {"0", "0", "0"}, .prerelease = {}};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::string_view number = take_digits(text);
    if (number.empty() || compare_digits(number, kNpmMaxNumber) > 0) return std::nullopt;
    version.numbers[i] = number;
    if (text.empty()) return version;
    if (i < 2 && !take(text, '.')) return std::nullopt;
  }
  if (text.front() != '+') {
    // A hyphen with no identifier behind it is an identifier itself: "1.0.0-" is a pre-release.
    if (text.size() > 1 && text.front() == '-' && text[1] != '.' && text[1] != '+') text.remove_prefix(1);
    version.prerelease = take_while(text, [](char c) { return c != '+'; });
    if (!is_identifier_list(version.prerelease, false)) return std::nullopt;
  }
  if (take(text, '+') && !is_identifier_list(text, false)) return std::nullopt;
  return version;
}

Result<std::string> npm_key(std::string_view text) {
  const std::optional<Semver> version = parse_npm(text);
  if (!version) return refuse(VersionScheme::npm, text, "node-semver does not read it");
  return semver_key_of(*version);
}

}  // namespace oakum::versions
