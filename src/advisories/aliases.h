// Which ids are one vulnerability. docs/database.md, "Aliases", has the rules.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace oakum::advisories {

class AliasGroups {
 public:
  // `ids[i]` is the id of number i; `edges` are pairs of aliases by number. The order of either is of no account but
  // for the numbering itself.
  AliasGroups(const std::vector<std::string_view>& ids, std::vector<std::pair<std::uint32_t, std::uint32_t>> edges);

  // The number of the id under which `number` is reported.
  std::uint32_t canonical(std::uint32_t number) const { return canonical_[number]; }
  // An id that stands for several CVEs (a notice, not an alias): those CVEs. Empty for all others.
  const std::vector<std::uint32_t>& cves_of_notice(std::uint32_t number) const;

 private:
  std::vector<std::uint32_t> canonical_;
  std::vector<std::pair<std::uint32_t, std::vector<std::uint32_t>>> notices_;  // sorted by number
};

}  // namespace oakum::advisories
