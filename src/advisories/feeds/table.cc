#include "advisories/feeds/table.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "advisories/feed.h"

namespace oakum::advisories {

namespace {

struct Row {
  std::string_view name;
  const Feed* feed;
};

// One line per feed, sorted by name.
constexpr Row kRows[] = {
    {"alma", &kAlmaFeed},
    {"alpine", &kAlpineFeed},
    {"amazon", &kAmazonFeed},
    {"arch", &kArchFeed},
    {"azurelinux", &kAzureLinuxFeed},
    {"chainguard", &kChainguardFeed},
    {"debian", &kDebianFeed},
    {"debian-archive", &kDebianArchiveFeed},
    {"endoflife", &kEndOfLifeFeed},
    {"epss", &kEpssFeed},
    {"fedora", &kFedoraFeed},
    {"kev", &kKevFeed},
    {"nodejs", &kNodejsFeed},
    {"oracle", &kOracleFeed},
    {"osv", &kOsvFeed},
    {"photon", &kPhotonFeed},
    {"photon-oval", &kPhotonOvalFeed},
    {"redhat", &kRedHatFeed},
    {"rocky", &kRockyFeed},
    {"suse", &kSuseFeed},
    {"ubuntu", &kUbuntuFeed},
    {"updateinfo", &kUpdateinfoFeed},
    {"vulnrichment", &kVulnrichmentFeed},
    {"wolfi", &kWolfiFeed},
};
static_assert(std::ranges::is_sorted(kRows, std::ranges::less_equal{}, &Row::name),
              "feeds are sorted by name, each once");

}  // namespace

std::span<const Download> no_downloads() { return {}; }

std::span<const Feed> feeds() {
  static const std::vector<Feed> all = [] {
    std::vector<Feed> list;
    list.reserve(std::size(kRows));
    for (const Row& row : kRows) list.push_back(*row.feed);
    return list;
  }();
  return all;
}

const Feed* find_feed(std::string_view name) {
  const std::span<const Feed> all = feeds();
  const auto found = std::ranges::lower_bound(all, name, {}, &Feed::name);
  return found != all.end() && found->name == name ? &*found : nullptr;
}

}  // namespace oakum::advisories
