// Versions and their orders, one file per scheme. docs/versions.md names the specification of each.
//
// A version is parsed once into a key; keys of one scheme compare as bytes in the order of that scheme, so that a
// database can store them and compare with memcmp. Equal keys mean equal versions ("1.0" and "1.0.0" in pep440).
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/error.h"
#include "model/distribution.h"

namespace oakum::versions {

// Longer texts than this are refused; no real version comes near it.
inline constexpr std::size_t kMaxVersionLength = 512;
inline constexpr std::size_t kMaxConstraintLength = 4096;

// The order-preserving key of `text`. An error (invalid) where the scheme's own tools refuse the text.
Result<std::string> key(VersionScheme scheme, std::string_view text);

// Through keys.
Result<std::strong_ordering> compare(VersionScheme scheme, std::string_view a, std::string_view b);

// Whether `version` satisfies `constraint`, in the syntax of the scheme's package manager: "^1.2 || >=3" (npm),
// "~=1.4,!=1.5" (pep440), "[1.0,2.0)" (maven, nuget), "~> 2.1" (gem), ">= 1.0, < 2" (go, crates, composer, rpm, deb…).
Result<bool> satisfies(VersionScheme scheme, std::string_view version, std::string_view constraint);

}  // namespace oakum::versions
