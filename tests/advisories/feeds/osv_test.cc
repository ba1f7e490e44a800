#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "advisories/feeds/archive.h"
#include "advisories/feeds/collecting_sink.h"
#include "advisories/feeds/osv_record.h"
#include "advisories/feeds/table.h"

namespace oakum::advisories {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// Reads one record given as JSON with ' for ".
struct Reading {
  explicit Reading(std::string json) {
    std::ranges::replace(json, '\'', '"');
    const auto document = Document::from_bytes(json, "record");
    JsonReader reader;
    const auto value = reader.parse(document->bytes(), "record");
    EXPECT_TRUE(value) << json;
    if (value) status = read_osv_record(*value, sink, tally);
  }
  CollectingSink sink;
  OsvTally tally;
  Status status;
};

std::string record(std::string_view id, std::string_view affected, std::string_view more = "") {
  return "{'id':'" + std::string(id) + "','published':'2024-01-02T03:04:05Z','summary':'A fault','affected':[" +
         std::string(affected) + "]" + std::string(more) + "}";
}
std::string npm(std::string_view events, std::string_view more = "") {
  return "{'package':{'ecosystem':'npm','name':'Left-Pad'},'ranges':[{'type':'SEMVER','events':[" +
         std::string(events) + "]}]" + std::string(more) + "}";
}

TEST(OsvRecord, MakesAClaimUnderTheCveOfItsAliases) {
  const Reading r(record("GHSA-aaaa-bbbb-cccc", npm("{'introduced':'0'},{'fixed':'1.2.3'}"),
                         ",'aliases':['CVE-2024-0001'],'database_specific':{'severity':'HIGH','cwe_ids':['CWE-79']}"));
  ASSERT_THAT(r.sink.claims, SizeIs(1));
  const Claim& claim = r.sink.claims[0];
  EXPECT_EQ(claim.ecosystem, "npm");
  EXPECT_EQ(claim.package, "left-pad");
  EXPECT_EQ(claim.vulnerability, "CVE-2024-0001");
  EXPECT_EQ(claim.status, FixStatus::fixed);
  EXPECT_THAT(claim.ranges, ElementsAre(AffectedRange{"", "1.2.3", ""}));
  ASSERT_THAT(r.sink.vulnerabilities, SizeIs(1));
  EXPECT_EQ(r.sink.vulnerabilities[0].id, "GHSA-aaaa-bbbb-cccc");
  EXPECT_THAT(r.sink.vulnerabilities[0].aliases, ElementsAre("CVE-2024-0001"));
  EXPECT_THAT(r.sink.vulnerabilities[0].cwes, ElementsAre("CWE-79"));
  EXPECT_EQ(r.sink.vulnerabilities[0].severities.at(0).source, "ghsa");
  EXPECT_EQ(r.sink.vulnerabilities[0].severities.at(0).severity, Severity::high);
}

TEST(OsvRecord, KeepsBothCvesApartWhereOneRecordNamesTwo) {
  const Reading r(
      record("GO-2024-1", npm("{'introduced':'0'}"), ",'aliases':['CVE-2024-0001','CVE-2024-0002','GHSA-x']"));
  ASSERT_THAT(r.sink.claims, SizeIs(2));
  EXPECT_EQ(r.sink.claims[0].vulnerability, "CVE-2024-0001");
  EXPECT_EQ(r.sink.claims[1].vulnerability, "CVE-2024-0002");
  ASSERT_THAT(r.sink.vulnerabilities, SizeIs(2));
  EXPECT_THAT(r.sink.vulnerabilities[0].aliases, IsEmpty());
  EXPECT_THAT(r.sink.vulnerabilities[1].aliases, IsEmpty());
}

TEST(OsvRecord, ReadsSeveralPairsOfEvents) {
  const Reading r(record("X-1", npm("{'introduced':'1.0.0'},{'fixed':'1.5.0'},{'introduced':'2.0.0'},"
                                    "{'last_affected':'2.3.0'},{'introduced':'3.0.0'}")));
  ASSERT_THAT(r.sink.claims, SizeIs(1));
  EXPECT_THAT(r.sink.claims[0].ranges,
              ElementsAre(AffectedRange{"1.0.0", "1.5.0", ""}, AffectedRange{"2.0.0", "", "2.3.0"},
                          AffectedRange{"3.0.0", "", ""}));
}

TEST(OsvRecord, SortsEventsThatAreOutOfOrder) {
  const Reading r(record("X-1", npm("{'fixed':'1.5.0'},{'fixed':'10.1.0'},{'introduced':'0'},{'introduced':'9.0.0'}")));
  ASSERT_THAT(r.sink.claims, SizeIs(1));
  EXPECT_THAT(r.sink.claims[0].ranges,
              ElementsAre(AffectedRange{"", "1.5.0", ""}, AffectedRange{"9.0.0", "10.1.0", ""}));
}

TEST(OsvRecord, TakesALimitAsAnEndAndIgnoresGitRanges) {
  const Reading r(record("X-1",
                         "{'package':{'ecosystem':'npm','name':'a'},'ranges':["
                         "{'type':'GIT','events':[{'introduced':'0'},{'fixed':'abc'}]},"
                         "{'type':'SEMVER','events':[{'introduced':'0'},{'limit':'2.0.0'}]}]}"));
  ASSERT_THAT(r.sink.claims, SizeIs(1));
  EXPECT_THAT(r.sink.claims[0].ranges, ElementsAre(AffectedRange{"", "2.0.0", ""}));
}

TEST(OsvRecord, ClosesAnOpenRangeByTheLastKnownAffectedVersion) {
  const auto with = [](std::string_view bound) {
    return record("GHSA-1", npm("{'introduced':'0'}", ",'database_specific':{'last_known_affected_version_range':'" +
                                                          std::string(bound) + "'}"));
  };
  EXPECT_THAT(Reading(with("<= 1.2.3")).sink.claims.at(0).ranges, ElementsAre(AffectedRange{"", "", "1.2.3"}));
  EXPECT_THAT(Reading(with("< 2.0")).sink.claims.at(0).ranges, ElementsAre(AffectedRange{"", "2.0", ""}));
  EXPECT_THAT(Reading(with(">= 1.0, <= 1.4")).sink.claims.at(0).ranges, ElementsAre(AffectedRange{"", "", "1.4"}));
  EXPECT_THAT(Reading(with("unknown")).sink.claims.at(0).ranges, ElementsAre(AffectedRange{"", "", ""}));
}

TEST(OsvRecord, DoesNotMoveAFixToTheLastKnownAffectedVersion) {
  const Reading r(record("GHSA-1", npm("{'introduced':'0'},{'fixed':'3.0.0'}",
                                       ",'database_specific':{'last_known_affected_version_range':'<= 1.2.3'}")));
  EXPECT_THAT(r.sink.claims.at(0).ranges, ElementsAre(AffectedRange{"", "3.0.0", ""}));
}

TEST(OsvRecord, KeepsOnlyListedVersionsThatNoRangeHolds) {
  const Reading r(
      record("X-1", npm("{'introduced':'1.0.0'},{'fixed':'1.5.0'}", ",'versions':['0.9.0','1.0.0','1.4.9','1.5.0']")));
  EXPECT_THAT(r.sink.claims.at(0).versions, ElementsAre("0.9.0", "1.5.0"));
}

TEST(OsvRecord, ClaimsListedVersionsAlone) {
  const Reading r(record("X-1", "{'package':{'ecosystem':'Maven','name':'a:b'},'versions':['1.0','1.1']}"));
  ASSERT_THAT(r.sink.claims, SizeIs(1));
  EXPECT_THAT(r.sink.claims[0].ranges, IsEmpty());
  EXPECT_THAT(r.sink.claims[0].versions, ElementsAre("1.0", "1.1"));
  EXPECT_EQ(r.sink.claims[0].status, FixStatus::affected);
}

TEST(OsvRecord, JoinsRepeatedEntriesOfOnePackage) {
  const Reading r(record(
      "X-1", npm("{'introduced':'1.0.0'},{'fixed':'1.1.0'}") + "," + npm("{'introduced':'2.0.0'},{'fixed':'2.1.0'}")));
  ASSERT_THAT(r.sink.claims, SizeIs(1));
  EXPECT_THAT(r.sink.claims[0].ranges, SizeIs(2));
}

TEST(OsvRecord, SaysNothingOfWithdrawnRecords) {
  const Reading r(
      record("PYSEC-1", npm("{'introduced':'0'}"), ",'withdrawn':'2024-02-02T00:00:00Z','aliases':['CVE-2024-0001']"));
  EXPECT_THAT(r.sink.claims, IsEmpty());
  EXPECT_THAT(r.sink.vulnerabilities, IsEmpty());
  EXPECT_EQ(r.tally.withdrawn, 1U);
}

TEST(OsvRecord, ClaimsANoticeOncePerCveAndModule) {
  const Reading r(
      "{'id':'ALSA-2022:1','published':'2022-01-01T00:00:00Z','summary':'Important: nodejs:16 security update',"
      "'related':['CVE-2022-0001','CVE-2022-0002','RHSA-2022:1'],'affected':[{'package':{'ecosystem':'AlmaLinux:8',"
      "'name':'nodejs'},'ranges':[{'type':'ECOSYSTEM','events':[{'introduced':'0'},"
      "{'fixed':'1:16.1-1.module_el8.6.0+1'}]}]}]}");
  ASSERT_THAT(r.sink.claims, SizeIs(2));
  EXPECT_EQ(r.sink.claims[0].vulnerability, "CVE-2022-0001");
  EXPECT_EQ(r.sink.claims[0].advisory, "ALSA-2022:1");
  EXPECT_EQ(r.sink.claims[0].module, "nodejs:16");
  EXPECT_EQ(r.sink.claims[0].severity, Severity::high);
  EXPECT_EQ(r.sink.claims[1].vulnerability, "CVE-2022-0002");
  EXPECT_THAT(r.sink.vulnerabilities, IsEmpty()) << "a notice describes an update, not its CVEs";
}

TEST(OsvRecord, TakesTheLowestBuildOfAnErratumAsTheFix) {
  const auto build = [](std::string_view version) {
    return "{'package':{'ecosystem':'AlmaLinux:8','name':'runc'},'ranges':[{'type':'ECOSYSTEM','events':[{'introduced':"
           "'0'},{'fixed':'" +
           std::string(version) + "'}]}]}";
  };
  const Reading r(record("ALSA-1", build("1.0-2.el8_5") + "," + build("1.0-2.el8_4"), ",'related':['CVE-2019-5736']"));
  ASSERT_THAT(r.sink.claims, SizeIs(1));
  EXPECT_THAT(r.sink.claims[0].ranges, ElementsAre(AffectedRange{"", "1.0-2.el8_4", ""}));
}

TEST(OsvRecord, LeavesOutErrataWithoutSecurityAndUnmaintainedCrates) {
  const Reading errata(record("ALBA-2022:1",
                              "{'package':{'ecosystem':'AlmaLinux:8','name':'a'},'ranges':[{'type':"
                              "'ECOSYSTEM','events':[{'introduced':'0'},{'fixed':'1-1'}]}]}"));
  EXPECT_THAT(errata.sink.claims, IsEmpty());
  const auto crate = [](std::string_view word) {
    return record("RUSTSEC-1",
                  "{'package':{'ecosystem':'crates.io','name':'a'},'database_specific':{'informational':'" +
                      std::string(word) + "'},'ranges':[{'type':'SEMVER','events':[{'introduced':'0.0.0-0'}]}]}");
  };
  EXPECT_THAT(Reading(crate("unmaintained")).sink.claims, IsEmpty());
  const Reading unsound(crate("unsound"));
  EXPECT_THAT(unsound.sink.claims.at(0).ranges, ElementsAre(AffectedRange{}));
  EXPECT_EQ(unsound.sink.vulnerabilities.at(0).severities.at(0).severity, Severity::info);
}

TEST(OsvRecord, PutsUbuntuProIntoTheChannelOfItsPurl) {
  const Reading r(
      record("UBUNTU-CVE-2024-0001",
             "{'package':{'ecosystem':'Ubuntu:Pro:20.04:LTS','name':'curl','purl':"
             "'pkg:deb/ubuntu/curl?arch=source&distro=esm-apps/focal'},'ranges':[{'type':'ECOSYSTEM',"
             "'events':[{'introduced':'0'},{'fixed':'7.1+esm1'}]}],'ecosystem_specific':{'ubuntu_priority':'low'}}",
             ",'upstream':['CVE-2024-0001']"));
  ASSERT_THAT(r.sink.claims, SizeIs(1));
  EXPECT_EQ(r.sink.claims[0].channel, "esm-apps");
  EXPECT_EQ(r.sink.claims[0].ecosystem, "ubuntu:20.04");
  EXPECT_EQ(r.sink.claims[0].vulnerability, "CVE-2024-0001");
  EXPECT_EQ(r.sink.claims[0].severity, Severity::low);
  EXPECT_EQ(r.sink.vulnerabilities.at(0).id, "CVE-2024-0001");
}

TEST(OsvRecord, RatesMalwareCritical) {
  const Reading r(record("MAL-2024-1", npm("{'introduced':'0'}")));
  EXPECT_EQ(r.sink.claims.at(0).vulnerability, "MAL-2024-1");
  EXPECT_EQ(r.sink.vulnerabilities.at(0).severities.at(0).severity, Severity::critical);
}

TEST(OsvRecord, SkipsAndNamesUnknownEcosystems) {
  const Reading r(
      record("X-1", "{'package':{'ecosystem':'Plan 9','name':'a'}},{'package':{'ecosystem':'SwiftURL','name':'b'}}," +
                        npm("{'introduced':'0'}")));
  EXPECT_THAT(r.sink.claims, SizeIs(1));
  EXPECT_THAT(r.tally.unknown, ElementsAre("Plan 9"));
}

TEST(OsvRecord, RefusesARecordWithoutId) { EXPECT_FALSE(Reading("{'affected':[]}").status); }

TEST(OsvRecord, SurvivesMembersOfTheWrongType) {
  const Reading r(
      "{'id':'X-1','aliases':'no','affected':[1,{'package':3},{'package':{'ecosystem':[],'name':{}}},"
      "{'package':{'ecosystem':'npm','name':'a'},'ranges':[7,{'events':{}},{'events':[null,{'introduced':1}]}],"
      "'versions':[1,null]}],'severity':[{'score':9}],'references':[[]],'database_specific':[]}");
  EXPECT_TRUE(r.status);
  EXPECT_THAT(r.sink.claims, IsEmpty());
}

TEST(OsvFeed, AcceptsExportsOnly) {
  EXPECT_TRUE(kOsvFeed.accepts("osv/npm/all.zip"));
  EXPECT_TRUE(kOsvFeed.accepts("osv/Rocky Linux/all.zip"));
  EXPECT_FALSE(kOsvFeed.accepts("osv/all.zip"));
  EXPECT_FALSE(kOsvFeed.accepts("osv/npm/x/all.zip"));
  EXPECT_FALSE(kOsvFeed.accepts("osv/npm/GHSA-1.json"));
}

TEST(OsvFeed, FailsOnAFileThatIsNoArchive) {
  CollectingSink sink;
  EXPECT_FALSE(read_bytes(kOsvFeed, "osv/npm/all.zip", "no zip", sink));
  EXPECT_THAT(sink.covered, IsEmpty());
}

}  // namespace
}  // namespace oakum::advisories
