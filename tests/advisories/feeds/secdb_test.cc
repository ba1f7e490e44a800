#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "advisories/feeds/collecting_sink.h"
#include "advisories/feeds/table.h"

namespace oakum::advisories {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// A document of one package with the given secfixes, ' for ".
CollectingSink fixes(std::string_view secfixes) {
  std::string json =
      "{'distroversion':'v3.20','packages':[{'pkg':{'name':'apr','secfixes':{" + std::string(secfixes) + "}}}]}";
  std::ranges::replace(json, '\'', '"');
  CollectingSink sink;
  EXPECT_TRUE(read_bytes(kAlpineFeed, "alpine/v3.20/main.json", json, sink));
  return sink;
}

TEST(Secdb, ClaimsFixesBySource) {
  const CollectingSink sink = fixes("'1.7.1-r0':['CVE-2022-24963','CVE-2022-25147'],'1.7.0-r2':['CVE-2021-35940']");
  ASSERT_THAT(sink.claims, SizeIs(3));
  EXPECT_EQ(sink.claims[0].vulnerability, "CVE-2021-35940");
  EXPECT_EQ(sink.claims[0].ecosystem, "alpine:3.20");
  EXPECT_EQ(sink.claims[0].by, PackageName::source);
  EXPECT_THAT(sink.claims[0].ranges, ElementsAre(AffectedRange{"", "1.7.0-r2", ""}));
  EXPECT_THAT(sink.covered, ElementsAre("alpine:3.20"));
}

TEST(Secdb, TakesVersionZeroAsNotAffected) {
  const CollectingSink sink = fixes("'0':['CVE-2022-0001']");
  EXPECT_EQ(sink.claims.at(0).status, FixStatus::not_affected);
  EXPECT_THAT(sink.claims.at(0).ranges, IsEmpty());
}

TEST(Secdb, ReadsIdsThatShareAStringOrCarryRemarks) {
  std::vector<std::string> ids;
  for (const Claim& claim :
       fixes("'1-r0':['CVE-2020-11501 GNUTLS-SA-2020-03-31','XSA-207','CVE_2019-2426',"
             "'CVE-2021-0001 CVE-2021-0002','CVE N/A ZBX-11023','CVE-2017-1111 (+ regression fix)',"
             "'GHSA-236w-p7wf-5ph8','(see above)','']")
           .claims) {
    ids.push_back(claim.vulnerability);
  }
  EXPECT_THAT(ids, testing::UnorderedElementsAre("CVE-2020-11501", "XSA-207", "CVE-2019-2426", "CVE-2021-0001",
                                                 "CVE-2021-0002", "ZBX-11023", "CVE-2017-1111", "GHSA-236w-p7wf-5ph8"));
}

TEST(Secdb, TakesTheLaterOfTwoFixesOfOneVulnerability) {
  const CollectingSink sink = fixes("'1.2-r10':['CVE-2022-0001'],'1.2-r9':['CVE-2022-0001'],'0':['CVE-2022-0001']");
  ASSERT_THAT(sink.claims, SizeIs(1));
  EXPECT_THAT(sink.claims[0].ranges, ElementsAre(AffectedRange{"", "1.2-r10", ""}));
}

TEST(Secdb, SurvivesMembersOfTheWrongType) {
  EXPECT_THAT(fixes("'1-r0':null,'2-r0':'CVE-2022-0001','3-r0':[1,null,[]]").claims, IsEmpty());
}

TEST(Secdb, RefusesWhatIsNoSecdb) {
  CollectingSink sink;
  EXPECT_FALSE(read_bytes(kAlpineFeed, "alpine/v3.20/main.json", "{}", sink));
  EXPECT_FALSE(read_bytes(kAlpineFeed, "alpine/v3.20/main.json", "{\"packages\":[", sink));
  EXPECT_THAT(sink.covered, IsEmpty()) << "an unread file speaks for nothing";
}

TEST(Secdb, IsAcceptedByItsPath) {
  EXPECT_TRUE(kAlpineFeed.accepts("alpine/edge/community.json"));
  EXPECT_FALSE(kAlpineFeed.accepts("alpine/latest/main.json"));
  EXPECT_FALSE(kAlpineFeed.accepts("alpine/v3.20/testing.json"));
  EXPECT_FALSE(kAlpineFeed.accepts("alpine/v3.20/x/main.json"));
  EXPECT_TRUE(kWolfiFeed.accepts("wolfi/os/security.json"));
  EXPECT_TRUE(kChainguardFeed.accepts("chainguard/security.json"));
  EXPECT_FALSE(kChainguardFeed.accepts("wolfi/os/security.json"));
}

TEST(Secdb, OfWolfiAndChainguardSpeaksForThem) {
  const std::string_view json = R"({"packages":[{"pkg":{"name":"age","secfixes":{"1.1-r1":["CVE-2024-24789"]}}}]})";
  CollectingSink wolfi;
  ASSERT_TRUE(read_bytes(kWolfiFeed, "wolfi/os/security.json", json, wolfi));
  EXPECT_EQ(wolfi.claims.at(0).ecosystem, "wolfi");
  CollectingSink chainguard;
  ASSERT_TRUE(read_bytes(kChainguardFeed, "chainguard/security.json", json, chainguard));
  EXPECT_EQ(chainguard.claims.at(0).ecosystem, "chainguard");
}

}  // namespace
}  // namespace oakum::advisories
