// KEV, EPSS, endoflife.date, Node.js core, Arch and Photon.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "advisories/feeds/collecting_sink.h"
#include "advisories/feeds/table.h"

namespace oakum::advisories {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

CollectingSink read_good(const Feed& feed, std::string_view path, std::string json) {
  std::ranges::replace(json, '\'', '"');
  CollectingSink sink;
  const Status status = read_bytes(feed, path, json, sink);
  EXPECT_TRUE(status) << status.error().message();
  return sink;
}

TEST(Kev, ReadsTheCatalogue) {
  const CollectingSink sink =
      read_good(kKevFeed, "kev/known_exploited_vulnerabilities.json",
                "{'dateReleased':'2026-08-07T16:45:47.0648Z','vulnerabilities':[{'cveID':'CVE-2024-3094','dateAdded':'"
                "2024-04-01',"
                "'dueDate':'2024-04-08','knownRansomwareCampaignUse':'Known'},{'cveID':'CVE-2024-0001',"
                "'knownRansomwareCampaignUse':'Unknown'},{'cveID':'nonsense'}]}");
  ASSERT_THAT(sink.kevs, SizeIs(2));
  EXPECT_EQ(sink.kevs[0].cve, "CVE-2024-3094");
  EXPECT_EQ(sink.kevs[0].due_date, "2024-04-08");
  EXPECT_TRUE(sink.kevs[0].ransomware);
  EXPECT_FALSE(sink.kevs[1].ransomware);
  EXPECT_THAT(sink.problems, SizeIs(1));
  EXPECT_EQ(sink.date, "2026-08-07");
}

TEST(Epss, ReadsScoresAndTheirDay) {
  const CollectingSink sink =
      read_good(kEpssFeed, "epss/epss_scores-current.csv",
                "#model_version:v2025.03.14,score_date:2026-08-16T00:00:00Z\r\ncve,epss,percentile\r\n"
                "CVE-1999-0001,0.03351,0.8765\r\nCVE-1999-0002,1.5,0.9\r\nnonsense\r\n");
  ASSERT_THAT(sink.epsses, SizeIs(1));
  EXPECT_DOUBLE_EQ(sink.epsses[0].score, 0.03351);
  EXPECT_DOUBLE_EQ(sink.epsses[0].percentile, 0.8765);
  EXPECT_EQ(sink.date, "2026-08-16");
  EXPECT_THAT(sink.problems, ElementsAre("epss/epss_scores-current.csv:4: is not a row of cve,epss,percentile",
                                         "epss/epss_scores-current.csv:5: is not a row of cve,epss,percentile"));
}

TEST(Epss, RefusesAFileWithoutScores) {
  CollectingSink sink;
  EXPECT_FALSE(read_bytes(kEpssFeed, "epss/epss_scores-current.csv", "cve,epss,percentile\n", sink));
}

TEST(EndOfLife, ReadsTheFullList) {
  const CollectingSink sink = read_good(
      kEndOfLifeFeed, "endoflife/api/v1/products/full.json",
      "{'generated_at':'2026-08-22T08:52:34+00:00','result':[{'name':'debian','releases':[{'name':'12','codename':"
      "'Bookworm','releaseDate':'2023-06-10','isEol':true,'eolFrom':'2026-07-11','eoesFrom':'2028-06-30'},"
      "{'name':'3','isEol':true,'eolFrom':null}]}]}");
  ASSERT_THAT(sink.lifecycles, SizeIs(2));
  EXPECT_EQ(sink.lifecycles[0].product, "debian");
  EXPECT_EQ(sink.lifecycles[0].codename, "bookworm");
  EXPECT_EQ(sink.lifecycles[0].end_of_life, "2026-07-11");
  EXPECT_EQ(sink.lifecycles[0].end_of_extended, "2028-06-30");
  EXPECT_FALSE(sink.lifecycles[0].ended_without_date);
  EXPECT_TRUE(sink.lifecycles[1].ended_without_date);
  EXPECT_EQ(sink.date, "2026-08-22");
}

TEST(EndOfLife, ReadsAProductOfTheOlderApi) {
  const CollectingSink sink =
      read_good(kEndOfLifeFeed, "endoflife/api/rhel.json",
                "[{'cycle':'9','eol':'2032-05-31','support':'2027-05-31','extendedSupport':'2035-05-31'},"
                "{'cycle':'3','eol':true},{'cycle':'10','eol':false}]");
  ASSERT_THAT(sink.lifecycles, SizeIs(3));
  EXPECT_EQ(sink.lifecycles[0].product, "rhel");
  EXPECT_EQ(sink.lifecycles[0].end_of_support, "2027-05-31");
  EXPECT_TRUE(sink.lifecycles[1].ended_without_date);
  EXPECT_FALSE(sink.lifecycles[2].ended_without_date);
  EXPECT_FALSE(kEndOfLifeFeed.accepts("endoflife/api/all.json"));
}

std::vector<AffectedRange> node_ranges(std::string_view vulnerable, std::string_view patched) {
  const CollectingSink sink = read_good(kNodejsFeed, "nodejs/vuln/core/index.json",
                                        "{'1':{'cve':['CVE-2024-0001'],'vulnerable':'" + std::string(vulnerable) +
                                            "','patched':'" + std::string(patched) + "','severity':'high'}}");
  return sink.claims.empty() ? std::vector<AffectedRange>() : sink.claims[0].ranges;
}

TEST(Nodejs, TakesThePatchedFromTheVulnerableVersions) {
  EXPECT_THAT(node_ranges("18.x || 20.x", "^18.20.2 || ^20.12.2"),
              ElementsAre(AffectedRange{"18.0.0", "18.20.2", ""}, AffectedRange{"20.0.0", "20.12.2", ""}));
  EXPECT_THAT(node_ranges("4.x", ""), ElementsAre(AffectedRange{"4.0.0", "5.0.0", ""}));
  EXPECT_THAT(node_ranges("0.10.x", "^0.10.45"), ElementsAre(AffectedRange{"0.10.0", "0.10.45", ""}));
  EXPECT_THAT(node_ranges(">=6.0.0 <6.2.0 || 5.x", "^5.12.0"),
              ElementsAre(AffectedRange{"6.0.0", "6.2.0", ""}, AffectedRange{"5.0.0", "5.12.0", ""}));
  EXPECT_THAT(node_ranges("<= 10", "^8.11.4 || >= 10.9.0"),
              ElementsAre(AffectedRange{"", "8.11.4", ""}, AffectedRange{"9.0.0", "10.9.0", ""}));
  EXPECT_THAT(node_ranges("6.x", "6.2.0"), ElementsAre(AffectedRange{"6.0.0", "6.2.0", ""}));
}

TEST(Nodejs, ReportsRangesThatDoNotRead) {
  const CollectingSink sink =
      read_good(kNodejsFeed, "nodejs/vuln/core/index.json",
                "{'1':{'cve':[],'vulnerable':'banana'},'2':{'vulnerable':'4.x','patched':'^4.1.1'}}");
  EXPECT_THAT(sink.problems, ElementsAre("nodejs/vuln/core/index.json: 1: has ranges that do not read"));
  EXPECT_EQ(sink.claims.at(0).vulnerability, "NODEJS-CORE-2");
  EXPECT_EQ(sink.claims.at(0).ecosystem, "node");
}

TEST(Arch, ReadsGroups) {
  const auto group = [](std::string_view status, std::string_view fixed) {
    return "{'name':'AVG-1','packages':['curl','lib32-curl'],'status':'" + std::string(status) +
           "','severity':'High','affected':'8.1.0-1','fixed':" + std::string(fixed) +
           ",'issues':['CVE-2023-0001','CVE-2023-0002']}";
  };
  const CollectingSink fixed = read_good(kArchFeed, "arch/all.json", "[" + group("Fixed", "'8.2.0-1'") + "]");
  ASSERT_THAT(fixed.claims, SizeIs(4));
  EXPECT_EQ(fixed.claims[0].advisory, "AVG-1");
  EXPECT_EQ(fixed.claims[0].severity, Severity::high);
  EXPECT_THAT(fixed.claims[0].ranges, ElementsAre(AffectedRange{"", "8.2.0-1", ""}));
  EXPECT_EQ(read_good(kArchFeed, "arch/all.json", "[" + group("Vulnerable", "null") + "]").claims.at(0).ranges.at(0),
            AffectedRange{});
  EXPECT_EQ(read_good(kArchFeed, "arch/all.json", "[" + group("Testing", "'8.2.0-1'") + "]").claims.at(0).status,
            FixStatus::affected);
  EXPECT_THAT(read_good(kArchFeed, "arch/all.json", "[" + group("Not affected", "null") + "]").claims.at(0).ranges,
              IsEmpty());
  EXPECT_EQ(read_good(kArchFeed, "arch/all.json", "[" + group("Unknown", "null") + "]").claims.at(0).status,
            FixStatus::under_investigation);
  EXPECT_THAT(read_good(kArchFeed, "arch/all.json", "[" + group("Perhaps", "null") + "]").problems, SizeIs(1));
}

TEST(Photon, ReadsCveMetadata) {
  const CollectingSink sink = read_good(
      kPhotonFeed, "photon/cve_data_photon5.0.json",
      "[{'cve_id':'CVE-2023-0001','pkg':'curl','cve_score':9.8,'aff_ver':'all versions before 8.1-1.ph5 are "
      "vulnerable',"
      "'res_ver':'8.1-1.ph5','status':'Fixed'},{'cve_id':'CVE-2023-0002','pkg':'curl','cve_score':5.0,'aff_ver':'NA',"
      "'res_ver':'NA','status':'Not "
      "Affected'},{'cve_id':'CVE-2023-0003','pkg':'curl','res_ver':'NA','status':'Open'},{}]");
  ASSERT_THAT(sink.claims, SizeIs(3));
  EXPECT_EQ(sink.claims[0].ecosystem, "photon:5");
  EXPECT_EQ(sink.claims[0].severity, Severity::critical);
  EXPECT_THAT(sink.claims[0].ranges, ElementsAre(AffectedRange{"", "8.1-1.ph5", ""}));
  EXPECT_EQ(sink.claims[1].status, FixStatus::not_affected);
  EXPECT_EQ(sink.claims[2].status, FixStatus::affected);
  EXPECT_THAT(sink.problems, SizeIs(1));
  EXPECT_FALSE(kPhotonFeed.accepts("photon/cve_data_photon.json"));
  EXPECT_FALSE(kPhotonFeed.accepts("photon/com.vmware.phsa-photon3.xml.gz"));
}

TEST(SmallFeeds, RefuseWhatIsNotTheirs) {
  for (const std::string_view bad : {"", "null", "7", "{\"a\":", "\"text\""}) {
    CollectingSink sink;
    EXPECT_FALSE(read_bytes(kKevFeed, "kev/known_exploited_vulnerabilities.json", bad, sink)) << bad;
    EXPECT_FALSE(read_bytes(kEndOfLifeFeed, "endoflife/api/v1/products/full.json", bad, sink)) << bad;
    EXPECT_FALSE(read_bytes(kEndOfLifeFeed, "endoflife/api/rhel.json", bad, sink)) << bad;
    EXPECT_FALSE(read_bytes(kNodejsFeed, "nodejs/vuln/core/index.json", bad, sink)) << bad;
    EXPECT_FALSE(read_bytes(kArchFeed, "arch/all.json", bad, sink)) << bad;
    EXPECT_FALSE(read_bytes(kPhotonFeed, "photon/cve_data_photon5.0.json", bad, sink)) << bad;
    EXPECT_THAT(sink.covered, IsEmpty());
  }
}

}  // namespace
}  // namespace oakum::advisories
