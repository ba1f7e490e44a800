#include "advisories/aliases.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <tuple>

#include "advisories/feeds/names.h"

namespace oakum::advisories {

namespace {

// Of a group without a CVE, the id by which most people know it.
constexpr std::string_view kPreferred[] = {"GHSA-", "GO-", "RUSTSEC-", "PYSEC-", "MAL-", "OSV-"};

std::size_t preference(std::string_view id) {
  if (is_cve(id)) return 0;
  const auto* found = std::ranges::find_if(kPreferred, [&](std::string_view prefix) { return id.starts_with(prefix); });
  return 1 + static_cast<std::size_t>(found - std::begin(kPreferred));
}

// Groups of numbers, none with two CVEs.
class Forest {
 public:
  explicit Forest(const std::vector<std::string_view>& ids) : parent_(ids.size()), cves_(ids.size()) {
    std::iota(parent_.begin(), parent_.end(), 0U);
    for (std::size_t i = 0; i < ids.size(); ++i) cves_[i] = is_cve(ids[i]);
  }
  std::uint32_t root(std::uint32_t number) {
    while (parent_[number] != number) {
      parent_[number] = parent_[parent_[number]];
      number = parent_[number];
    }
    return number;
  }
  void join(std::uint32_t a, std::uint32_t b) {
    a = root(a);
    b = root(b);
    if (a == b || (cves_[a] && cves_[b])) return;
    parent_[b] = a;
    cves_[a] = cves_[a] || cves_[b];
  }

 private:
  std::vector<std::uint32_t> parent_;
  std::vector<bool> cves_;
};

}  // namespace

AliasGroups::AliasGroups(const std::vector<std::string_view>& ids,
                         std::vector<std::pair<std::uint32_t, std::uint32_t>> edges) {
  // An alias says the same of both sides; by id and not by number, so that the order of reading does not matter.
  for (auto& [a, b] : edges) {
    if (std::tuple(preference(ids[b]), ids[b]) < std::tuple(preference(ids[a]), ids[a])) std::swap(a, b);
  }
  std::ranges::sort(edges, {}, [&](const auto& edge) { return std::tuple(ids[edge.second], ids[edge.first]); });
  edges.erase(std::ranges::unique(edges).begin(), edges.end());

  const auto cve_edge = [&](const auto& edge) { return is_cve(ids[edge.first]) && !is_cve(ids[edge.second]); };
  for (const auto& edge : edges) {
    if (!cve_edge(edge)) continue;
    if (notices_.empty() || notices_.back().first != edge.second) notices_.push_back({edge.second, {}});
    notices_.back().second.push_back(edge.first);
  }
  std::erase_if(notices_, [](const auto& notice) { return notice.second.size() < 2; });
  std::ranges::sort(notices_);

  Forest forest(ids);
  const auto plain = [&](std::uint32_t number) { return cves_of_notice(number).empty(); };
  for (const auto& edge : edges) {
    if (cve_edge(edge) && plain(edge.second)) forest.join(edge.first, edge.second);
  }
  for (const auto& edge : edges) {
    if (!is_cve(ids[edge.first]) && plain(edge.first) && plain(edge.second)) forest.join(edge.first, edge.second);
  }

  canonical_.resize(ids.size());
  std::iota(canonical_.begin(), canonical_.end(), 0U);
  std::vector<std::uint32_t> best = canonical_;
  const auto better = [&](std::uint32_t a, std::uint32_t b) {
    return std::tuple(preference(ids[a]), ids[a]) < std::tuple(preference(ids[b]), ids[b]);
  };
  for (std::uint32_t i = 0; i < ids.size(); ++i) {
    std::uint32_t& current = best[forest.root(i)];
    if (better(i, current)) current = i;
  }
  for (std::uint32_t i = 0; i < ids.size(); ++i) canonical_[i] = best[forest.root(i)];
}

const std::vector<std::uint32_t>& AliasGroups::cves_of_notice(std::uint32_t number) const {
  static const std::vector<std::uint32_t> none;
  const auto found = std::ranges::lower_bound(notices_, number, {}, [](const auto& notice) { return notice.first; });
  return found != notices_.end() && found->first == number ? found->second : none;
}

}  // namespace oakum::advisories
