#include "advisories/feeds/table.h"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "advisories/feed.h"

namespace oakum::advisories {

namespace {

struct Row {
  std::string_view name;
  const Feed* feed;
};

// One line per feed, sorted by name.
constexpr std::initializer_list<Row> kRows = {
    {"alpine", &kAlpineFeed},
    {"arch", &kArchFeed},
    {"chainguard", &kChainguardFeed},
    {"debian", &kDebianFeed},
    {"endoflife", &kEndOfLifeFeed},
    {"epss", &kEpssFeed},
    {"kev", &kKevFeed},
    {"nodejs", &kNodejsFeed},
    {"osv", &kOsvFeed},
    {"photon", &kPhotonFeed},
    {"ubuntu", &kUbuntuFeed},
    {"vulnrichment", &kVulnrichmentFeed},
    {"wolfi", &kWolfiFeed},
    {"alma", &kAlmaFeed},
    {"amazon", &kAmazonFeed},
    {"azurelinux", &kAzureLinuxFeed},
    {"debian-archive", &kDebianArchiveFeed},
    {"fedora", &kFedoraFeed},
    {"oracle", &kOracleFeed},
    {"photon-oval", &kPhotonOvalFeed},
    {"redhat", &kRedHatFeed},
    {"rocky", &kRockyFeed},
    {"suse", &kSuseFeed},
    {"updateinfo", &kUpdateinfoFeed},
};
static_assert(std::ranges::is_sorted(kRows, std::ranges::less_equal{}, &Row::name),
              "feeds are sorted by name, each once");

}  // namespace

std::span<const Feed> feeds() {
  static const std::vector<Feed> all = [] {
    std::vector<Feed> list;
    list.reserve(kRows.size());
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
