// Semantic versions, for the schemes that are made of them: semver, npm, crates, go and, with four numbers, nuget.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "versions/key.h"

namespace oakum::versions {

// MAJOR.MINOR.PATCH[-PRERELEASE][+BUILD]; borrows the text it was read from.
struct Semver {
  std::array<std::string_view, 3> numbers;  // digits
  std::string_view prerelease;              // dot-separated identifiers; empty for a release
};

// Semantic Versioning 2.0.0; besides, minor or both minor and patch may be absent where nothing follows ("0", "1.2"):
// advisories in OSV's SEMVER ranges have such bounds. Build metadata must be well-formed, and is dropped.
std::optional<Semver> parse_semver(std::string_view text);

// Dot-separated identifiers of [0-9A-Za-z-], none empty; `strict`: numeric ones have no leading zeros.
bool is_identifier_list(std::string_view text, bool strict);

// Precedence of §11: numeric identifiers below the others, fewer below more, the release above all.
void append_prerelease(KeyBuilder& key, std::string_view prerelease);

std::string semver_key_of(const Semver& version);
std::string prerelease_key(std::string_view prerelease);

// Decimal digits of any length by value, and the next one up.
int compare_digits(std::string_view a, std::string_view b);
std::string increment(std::string_view digits);

}  // namespace oakum::versions
