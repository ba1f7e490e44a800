#include "advisories/precedence.h"

#include <algorithm>

namespace oakum::advisories {

namespace {

constexpr int kNative = 0;  // the distribution's own tracker
constexpr int kOther = 1;
constexpr int kAggregate = 2;  // the same at second hand, with less status
constexpr int kArchive = 3;    // only what has been fixed

struct Rank {
  std::string_view family;  // empty: every ecosystem
  std::string_view feed;
  int rank;
};
// A feed with the name of the family is native; these are the others.
constexpr Rank kRanks[] = {
    {"sles", "suse", kNative},          {"sle-micro", "suse", kNative},
    {"opensuse-leap", "suse", kNative}, {"opensuse-tumbleweed", "suse", kNative},
    {"node", "nodejs", kNative},        {"", "osv", kAggregate},
    {"", "debian-archive", kArchive},   {"", "updateinfo", kArchive},
};

}  // namespace

std::string_view family_of(std::string_view ecosystem) { return ecosystem.substr(0, ecosystem.find(':')); }

int precedence(std::string_view ecosystem, std::string_view feed) {
  const std::string_view family = family_of(ecosystem);
  if (feed == family) return kNative;
  const auto* row = std::ranges::find_if(
      kRanks, [&](const Rank& rank) { return rank.feed == feed && (rank.family.empty() || rank.family == family); });
  return row == std::end(kRanks) ? kOther : row->rank;
}

bool knows_open_issues(std::string_view feed) { return precedence({}, feed) != kArchive; }

}  // namespace oakum::advisories
