// The feeds over a mirror of real data, where OAKUM_FEEDS names one: record counts, nothing unread.
#include <cstdlib>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "advisories/feeds/archive.h"
#include "advisories/feeds/collecting_sink.h"
#include "advisories/feeds/json.h"
#include "advisories/feeds/table.h"

namespace oakum::advisories {
namespace {

class Mirror : public testing::Test {
 protected:
  void SetUp() override {
    const char* root = std::getenv("OAKUM_FEEDS");
    if (root == nullptr) GTEST_SKIP() << "OAKUM_FEEDS is not set";
    root_ = std::string(root) + "/";
  }

  std::string disk(const std::string& path) const { return root_ + path; }

  CollectingSink read(const Feed& feed, const std::string& path) const {
    CollectingSink sink;
    if (!path_exists(disk(path))) {
      ADD_FAILURE() << path << " is not in the mirror";
      return sink;
    }
    EXPECT_TRUE(feed.accepts(path)) << path;
    const Status status = feed.read({path, disk(path)}, sink);
    EXPECT_TRUE(status) << status.error().message();
    EXPECT_THAT(sink.problems, testing::IsEmpty()) << path;
    return sink;
  }

 private:
  std::string root_;
};

TEST_F(Mirror, EachOsvExportGivesAVulnerabilityForEachRecordThatStands) {
  // Counted in the archives: records that are neither withdrawn nor a notice with CVEs nor about faults alone.
  for (const std::string folder :
       {"Go", "crates.io", "PyPI", "npm", "Maven", "NuGet", "RubyGems", "Packagist", "Bitnami"}) {
    const std::string path = "osv/" + folder + "/all.zip";
    if (!path_exists(disk(path))) continue;
    JsonReader reader;
    std::set<std::string> standing;
    const Status status = read_archive(
        disk(path), path, [](std::string_view) { return true; },
        [&](const ArchiveMember& member) -> Status {
          const auto value = reader.parse(member.bytes, member.name);
          if (value && text_at(*value, "withdrawn").empty()) standing.emplace(text_at(*value, "id"));
          return {};
        });
    ASSERT_TRUE(status);
    const CollectingSink sink = read(kOsvFeed, path);
    EXPECT_GE(sink.vulnerabilities.size(), standing.size()) << folder;
    EXPECT_LT(sink.vulnerabilities.size(), standing.size() * 11 / 10 + 10) << folder;
    EXPECT_THAT(sink.covered, testing::SizeIs(1)) << folder;
    EXPECT_GT(sink.claims.size(), standing.size() / 2) << folder;
  }
}

TEST_F(Mirror, EveryPairOfTheDebianTrackerIsOneClaim) {
  const std::string path = "debian/tracker.json.gz";
  const CollectingSink sink = read(kDebianFeed, path);
  const auto document = Document::read(disk(path), path);
  ASSERT_TRUE(document);
  JsonReader reader;
  const auto root = reader.parse(document->bytes(), path);
  ASSERT_TRUE(root);
  std::map<std::string, std::size_t> open;
  std::size_t pairs = 0;
  each_member(*root, [&](std::string_view package, JsonValue cves) {
    each_member(cves, [&](std::string_view cve, JsonValue value) {
      each_member(*object_at(value, "releases"), [&](std::string_view codename, JsonValue release) {
        ++pairs;
        if (!has_member(release, "fixed_version")) {
          ++open[std::string(package) + " " + std::string(cve) + " " + std::string(codename)];
        }
      });
    });
  });
  EXPECT_EQ(sink.claims.size(), pairs);
  const auto opens = std::ranges::count_if(
      sink.claims, [](const Claim& c) { return c.ranges.size() == 1 && c.ranges[0] == AffectedRange{}; });
  EXPECT_EQ(static_cast<std::size_t>(opens), open.size());
}

TEST_F(Mirror, TheDebianListsSpeakOnlyOfWhatTheTrackerLeavesOut) {
  for (const std::string path : {"debian/data/DSA/list", "debian/data/DLA/list"}) {
    const CollectingSink sink = read(kDebianFeed, path);
    EXPECT_GT(sink.claims.size(), 1000U);
    for (const Claim& claim : sink.claims) {
      ASSERT_NE(claim.ecosystem, "debian:12");
      ASSERT_FALSE(claim.advisory.empty());
    }
  }
}

TEST_F(Mirror, EachUbuntuFileIsOneCve) {
  const CollectingSink sink = read(kUbuntuFeed, "ubuntu/ubuntu-cve-tracker.tar.zst");
  EXPECT_EQ(sink.vulnerabilities.size(), 14842U + 31922U);
  EXPECT_THAT(sink.covered, testing::IsSupersetOf({"ubuntu:14.04", "ubuntu:20.04", "ubuntu:22.04", "ubuntu:23.10"}));
}

TEST_F(Mirror, SecdbFilesReadWithoutAProblem) {
  for (const std::string release : {"v3.9", "v3.14", "v3.20", "v3.24", "edge"}) {
    const CollectingSink main = read(kAlpineFeed, "alpine/" + release + "/main.json");
    EXPECT_GT(main.claims.size(), 1000U);
  }
  EXPECT_GT(read(kWolfiFeed, "wolfi/os/security.json").claims.size(), 20'000U);
}

TEST_F(Mirror, CountsAreThoseThatTheFilesState) {
  EXPECT_EQ(read(kKevFeed, "kev/known_exploited_vulnerabilities.json").kevs.size(), 1662U);
  EXPECT_EQ(read(kEpssFeed, "epss/epss_scores-current.csv.gz").epsses.size(), 360'142U);
  EXPECT_EQ(read(kVulnrichmentFeed, "cve/vulnrichment-develop.tar.zst").vulnerabilities.size(), 44'130U);
  EXPECT_GT(read(kEndOfLifeFeed, "endoflife/api/v1/products/full.json").lifecycles.size(), 1000U);
  EXPECT_GE(read(kNodejsFeed, "nodejs/vuln/core/index.json").claims.size(), 171U);
}

}  // namespace
}  // namespace oakum::advisories
