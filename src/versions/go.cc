// Go: module versions (golang.org/x/mod/semver, with or without the "v") and toolchain versions ("go1.22rc1"), in one
// order, the one of the Go vulnerability database: go1.22rc1 is 1.22.0-rc.1.
//
// Pseudo-versions need no rule of their own: they are pre-releases. "+incompatible" is build metadata.
#include "versions/schemes.h"
#include "versions/semver.h"

namespace oakum::versions {

namespace {

// "go1.22.1 X:boringcrypto", "go1.21.3-fips" and the like: what follows the version proper in vendors' builds.
std::string_view without_vendor(std::string_view text) { return text.substr(0, text.find_first_of(" -")); }

bool take_number(std::string_view& text, std::string_view& number) {
  number = take_digits(text);
  return number.size() == 1 || (!number.empty() && number.front() != '0');
}

// internal/gover of the Go distribution: N.N, N.N.N or N.N{kind}{n}. From 1.21 on the plain "go1.21" is the language
// version, below "go1.21rc1"; before, it is the release.
std::optional<std::string> toolchain_key(std::string_view text, bool language_versions) {
  std::string_view major;
  std::string_view minor = "0";
  std::string_view patch;
  if (!take_number(text, major)) return std::nullopt;
  const bool minor_stated = take(text, '.');
  if (minor_stated && !take_number(text, minor)) return std::nullopt;
  if (take(text, '.') && !take_number(text, patch)) return std::nullopt;
  KeyBuilder key;
  key.number(major);
  key.number(minor);
  key.number(patch);
  if (text.empty()) {
    const bool language =
        language_versions && patch.empty() && (compare_digits(major, "1") > 0 || compare_digits(minor, "21") >= 0);
    if (language) {
      key.byte(0);  // below every pre-release
    } else {
      append_prerelease(key, {});
    }
    return std::move(key).take();
  }
  if (!patch.empty() || !minor_stated) return std::nullopt;
  std::string prerelease(take_while(text, is_lower));
  if (prerelease.empty()) return std::nullopt;
  if (!text.empty()) {
    std::string_view number;
    if (!take_number(text, number) || !text.empty()) return std::nullopt;
    prerelease += '.';
    prerelease += number;
  }
  append_prerelease(key, prerelease);
  return std::move(key).take();
}

}  // namespace

Result<std::string> go_key(std::string_view text) {
  std::string_view rest = text;
  if (take(rest, "go")) {
    std::optional<std::string> key = toolchain_key(without_vendor(rest), true);
    if (key) return *std::move(key);
    return refuse(VersionScheme::go, text, "it is not a Go toolchain version such as go1.22.1 or go1.22rc1");
  }
  const bool module = take(rest, 'v');
  if (const std::optional<Semver> version = parse_semver(rest)) return semver_key_of(*version);
  if (!module) {
    std::optional<std::string> key = toolchain_key(rest.substr(0, rest.find(' ')), false);
    if (key) return *std::move(key);
  }
  return refuse(VersionScheme::go, text, "it is neither a module version nor a toolchain version");
}

}  // namespace oakum::versions
