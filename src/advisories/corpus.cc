#include "advisories/corpus.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

namespace oakum::advisories {

namespace {

// Feeds that keep the CVE list itself: what they reject, nobody has.
constexpr std::string_view kAuthorities[] = {"cve", "nvd", "vulnrichment"};

bool is_authority(std::string_view feed) { return std::ranges::find(kAuthorities, feed) != std::end(kAuthorities); }

}  // namespace

Corpus::Corpus(std::vector<CollectedFile> files, std::vector<std::string> feeds)
    : files_(std::move(files)), feeds_(std::move(feeds)) {
  numbers_.resize(files_.size());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  for (std::size_t f = 0; f < files_.size(); ++f) {
    const Names& local = files_[f].data.names;
    numbers_[f].reserve(local.size());
    for (std::uint32_t i = 0; i < local.size(); ++i) numbers_[f].push_back(names_.add(local[i]));
    for (const PendingRecord& record : files_[f].data.records) {
      for (const std::uint32_t alias : record.aliases) edges.emplace_back(global(f, record.id), global(f, alias));
    }
    files_[f].data.names = Names();
  }
  std::vector<std::string_view> ids;
  ids.reserve(names_.size());
  for (std::uint32_t i = 0; i < names_.size(); ++i) ids.push_back(names_[i]);
  groups_.emplace(ids, std::move(edges));
}

std::vector<bool> Corpus::withdrawn_everywhere() const {
  std::vector<bool> gone(names_.size());
  for (std::size_t f = 0; f < files_.size(); ++f) {
    if (!is_authority(feeds_[files_[f].feed])) continue;
    for (const PendingRecord& record : files_[f].data.records) {
      if (record.withdrawn) gone[global(f, record.id)] = true;
    }
  }
  return gone;
}

std::vector<ClaimReference> Corpus::claims() const {
  const std::vector<bool> gone = withdrawn_everywhere();
  // A feed takes back its own advisories only: another vendor may have shipped a fix under the same id.
  std::set<std::pair<std::uint64_t, std::uint32_t>> taken_back;
  for (std::size_t f = 0; f < files_.size(); ++f) {
    for (const PendingRecord& record : files_[f].data.records) {
      if (record.withdrawn) taken_back.emplace(files_[f].feed, global(f, record.id));
    }
  }
  std::vector<ClaimReference> claims;
  for (std::uint32_t f = 0; f < files_.size(); ++f) {
    const std::uint64_t feed = files_[f].feed;
    for (const PendingClaim& claim : files_[f].data.claims) {
      const std::uint32_t vulnerability = global(f, claim.vulnerability);
      if (gone[vulnerability] || taken_back.contains({feed, vulnerability}) ||
          taken_back.contains({feed, global(f, claim.advisory)})) {
        continue;
      }
      claims.push_back({global(f, claim.key), groups_->canonical(vulnerability), f, claim.size, claim.offset});
    }
  }
  std::vector<std::uint32_t> by_text(names_.size());
  std::iota(by_text.begin(), by_text.end(), 0U);
  std::ranges::sort(by_text, {}, [&](std::uint32_t number) { return names_[number]; });
  std::vector<std::uint32_t> rank(names_.size());
  for (std::uint32_t i = 0; i < by_text.size(); ++i) rank[by_text[i]] = i;

  const auto order = [&](const ClaimReference& claim) {
    return std::tuple(rank[claim.key], rank[claim.vulnerability], files_[claim.file].feed);
  };
  std::ranges::sort(claims, [&](const ClaimReference& a, const ClaimReference& b) {
    const auto left = order(a);
    const auto right = order(b);
    return left != right ? left < right : body(a) < body(b);
  });
  const auto same = [&](const ClaimReference& a, const ClaimReference& b) {
    return order(a) == order(b) && body(a) == body(b);
  };
  claims.erase(std::ranges::unique(claims, same).begin(), claims.end());
  return claims;
}

}  // namespace oakum::advisories
