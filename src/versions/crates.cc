// Versions of Rust crates: semantic versions in which each number fits 64 bits, as Cargo's semver crate has it.
// Build metadata is dropped: it has no precedence, and no requirement looks at it.
#include "versions/schemes.h"
#include "versions/semver.h"

namespace oakum::versions {

Result<std::string> crates_key(std::string_view text) {
  const std::optional<Semver> version = parse_semver(text);
  if (!version) return refuse(VersionScheme::crates, text, "it is not MAJOR.MINOR.PATCH[-PRERELEASE][+BUILD]");
  for (const std::string_view number : version->numbers) {
    if (compare_digits(number, "18446744073709551615") > 0)
      return refuse(VersionScheme::crates, text, "one of its numbers is above 18446744073709551615");
  }
  return semver_key_of(*version);
}

}  // namespace oakum::versions
