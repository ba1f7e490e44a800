// What the claims of one feed about one vulnerability come to for one installed version. docs/database.md, "Verdicts".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "advisories/database.h"

namespace oakum::advisories {

// The keys of an installed version. rpm's are kept with and without epoch, since advisories may leave it out.
struct InstalledKeys {
  std::string full;
  std::string no_epoch;
};

// How several claims about one vulnerability are read.
enum class Merge : std::uint8_t {
  any_says_so,  // vulnerable when any claim says so, fixed from where none does any more: DSA after DSA, GHSA and PYSEC
  first_fix,    // errata that list a fix again in later updates: the first one that the package has reached closes it
};
Merge merge_for(VersionScheme scheme);

enum class Outcome : std::uint8_t { safe, vulnerable, unreadable };

struct Verdict {
  Outcome outcome = Outcome::safe;
  FixStatus status = FixStatus::affected;
  std::string fixed;
  std::string reason;
  std::string unreadable;  // the version that does not parse
  Severity severity = Severity::unknown;
  std::vector<std::string> advisories;  // sorted
  const StoredClaim* claim = nullptr;   // the first that says vulnerable (or does not read)
};

struct ClaimAndKeys {
  const StoredClaim* claim = nullptr;
  const InstalledKeys* keys = nullptr;  // of the source or the binary version, as the claim is by
};

// `channels`: those of the distribution; `flavour`: the package's. Claims are of one feed and one vulnerability.
Verdict judge(const std::vector<ClaimAndKeys>& claims, const std::vector<std::string>& channels,
              std::string_view flavour, Merge merge);

}  // namespace oakum::advisories
