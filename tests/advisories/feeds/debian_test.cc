#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "advisories/feeds/collecting_sink.h"
#include "advisories/feeds/debian_lists.h"
#include "advisories/feeds/table.h"

namespace oakum::advisories {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// The tracker with one release entry for CVE-2024-0001 in curl, ' for ".
CollectingSink tracked(std::string_view codename, std::string_view release) {
  std::string json = "{'curl':{'CVE-2024-0001':{'description':'A fault','scope':'local','releases':{'" +
                     std::string(codename) + "':{" + std::string(release) + "}}}}}";
  std::ranges::replace(json, '\'', '"');
  CollectingSink sink;
  const Status status = read_bytes(kDebianFeed, "debian/tracker.json", json, sink);
  EXPECT_TRUE(status || codename == "plan9") << status.error().message();
  return sink;
}

TEST(DebianTracker, ClaimsAFixBySourcePackage) {
  const CollectingSink sink =
      tracked("bookworm",
              "'status':'resolved','repositories':{'bookworm':'7.88.1-10'},'fixed_version':'7.88.1-10',"
              "'urgency':'low**'");
  ASSERT_THAT(sink.claims, SizeIs(1));
  const Claim& claim = sink.claims[0];
  EXPECT_EQ(claim.ecosystem, "debian:12");
  EXPECT_EQ(claim.by, PackageName::source);
  EXPECT_EQ(claim.package, "curl");
  EXPECT_EQ(claim.status, FixStatus::fixed);
  EXPECT_EQ(claim.severity, Severity::low);
  EXPECT_THAT(claim.ranges, ElementsAre(AffectedRange{"", "7.88.1-10", ""}));
  EXPECT_THAT(sink.covered, ElementsAre("debian:12"));
  EXPECT_EQ(sink.vulnerabilities.at(0).description, "A fault");
}

TEST(DebianTracker, TakesVersionZeroAsNotAffected) {
  const CollectingSink sink = tracked("sid", "'status':'resolved','fixed_version':'0'");
  EXPECT_EQ(sink.claims.at(0).ecosystem, "debian:unstable");
  EXPECT_EQ(sink.claims.at(0).status, FixStatus::not_affected);
  EXPECT_THAT(sink.claims.at(0).ranges, IsEmpty());
}

TEST(DebianTracker, KeepsOpenEntriesOpen) {
  const CollectingSink sink = tracked("trixie", "'status':'open','urgency':'not yet assigned'");
  EXPECT_EQ(sink.claims.at(0).status, FixStatus::affected);
  EXPECT_EQ(sink.claims.at(0).severity, Severity::unknown);
  EXPECT_THAT(sink.claims.at(0).ranges, ElementsAre(AffectedRange{}));
}

struct Word {
  std::string_view entry;
  FixStatus status;
  std::string_view reason;
};
class DebianWord : public testing::TestWithParam<Word> {};

TEST_P(DebianWord, HasItsStatusAndReason) {
  const CollectingSink sink = tracked("bookworm", GetParam().entry);
  EXPECT_EQ(sink.claims.at(0).status, GetParam().status);
  EXPECT_EQ(sink.claims.at(0).reason, GetParam().reason);
  EXPECT_THAT(sink.claims.at(0).ranges, ElementsAre(AffectedRange{}));
}

INSTANTIATE_TEST_SUITE_P(Words, DebianWord,
                         testing::Values(Word{"'status':'open','nodsa':'Minor issue','nodsa_reason':''",
                                              FixStatus::affected, "no-dsa: Minor issue"},
                                         Word{"'status':'open','nodsa':'Minor issue','nodsa_reason':'postponed'",
                                              FixStatus::fix_deferred, "postponed: Minor issue"},
                                         Word{"'status':'open','nodsa':'Too intrusive','nodsa_reason':'ignored'",
                                              FixStatus::will_not_fix, "ignored: Too intrusive"},
                                         Word{"'status':'open','urgency':'unimportant'", FixStatus::affected,
                                              "unimportant"},
                                         Word{"'status':'open','urgency':'end-of-life'", FixStatus::end_of_life,
                                              "end-of-life: no security support for this package"},
                                         Word{"'status':'undetermined'", FixStatus::under_investigation, ""}));

TEST(DebianTracker, RatesUnimportantAsInfo) {
  EXPECT_EQ(tracked("bookworm", "'status':'open','urgency':'unimportant'").claims.at(0).severity, Severity::info);
}

TEST(DebianTracker, ForgetsAStaleNoDsaOnceItIsFixed) {
  const CollectingSink sink =
      tracked("bookworm", "'status':'resolved','fixed_version':'2','nodsa':'Minor issue','nodsa_reason':'postponed'");
  EXPECT_EQ(sink.claims.at(0).status, FixStatus::fixed);
  EXPECT_EQ(sink.claims.at(0).reason, "");
}

TEST(DebianTracker, DoesNotPromiseAFixThatIsInNoSuite) {
  const std::string_view entry = "'status':'open','fixed_version':'2.0-2','repositories':{'bookworm':'2.0-1'}";
  const CollectingSink missing = tracked("bookworm", entry);
  EXPECT_EQ(missing.claims.at(0).status, FixStatus::affected);
  EXPECT_THAT(missing.claims.at(0).ranges, ElementsAre(AffectedRange{"", "2.0-2", ""}));
  const CollectingSink present =
      tracked("bookworm", "'status':'open','fixed_version':'2.0-2','repositories':{'bookworm-security':'2.0-10'}");
  EXPECT_EQ(present.claims.at(0).status, FixStatus::fixed);
}

TEST(DebianTracker, SkipsUnknownReleasesAndSaysSo) {
  const CollectingSink sink = tracked("plan9", "'status':'open'");
  EXPECT_THAT(sink.claims, IsEmpty());
  EXPECT_THAT(sink.covered, IsEmpty());
}

TEST(DebianTracker, RefusesWhatIsNoTracker) {
  CollectingSink sink;
  EXPECT_FALSE(read_bytes(kDebianFeed, "debian/tracker.json", "[1,2]", sink));
  EXPECT_FALSE(read_bytes(kDebianFeed, "debian/tracker.json", "{\"curl\":", sink));
  EXPECT_FALSE(read_bytes(kDebianFeed, "debian/tracker.json", "", sink));
}

constexpr std::string_view kList =
    "[29 Mar 2023] DSA-5380-1 xorg-server - security update\n"
    "\t{CVE-2023-1393}\n"
    "\t[bullseye] - xorg-server 2:1.20.11-1+deb11u6\n"
    "[17 Mar 2023] DSA-5356-2 sox - regression update\n"
    "\t[bullseye] - sox 14.4.2-2+deb11u2\n"
    "[10 Feb 2005] DSA-677-1 sympa - buffer overflow\n"
    "        {CVE-2005-0073}\n"
    "\tNOTE: fixed in testing at time of DSA\n"
    "        [woody] - sympa <not-affected> (code not there)\n"
    "        [sarge] - sympa <unfixed>\n"
    "        [etch] - sympa <end-of-life>\n";

TEST(DebianList, NamesTheNotice) {
  CollectingSink sink;
  ASSERT_TRUE(read_bytes(kDebianFeed, "debian/data/DSA/list", kList, sink));
  EXPECT_THAT(sink.problems, IsEmpty());
  ASSERT_THAT(sink.about("xorg-server"), SizeIs(1));
  EXPECT_EQ(sink.about("xorg-server")[0].advisory, "DSA-5380-1");
  EXPECT_EQ(sink.about("xorg-server")[0].ecosystem, "debian:11");
  EXPECT_EQ(sink.about("xorg-server")[0].vulnerability, "CVE-2023-1393");
  EXPECT_THAT(sink.about("xorg-server")[0].ranges, ElementsAre(AffectedRange{"", "2:1.20.11-1+deb11u6", ""}));
  EXPECT_THAT(sink.about("sox"), IsEmpty()) << "a regression update names no CVE";
  EXPECT_EQ(sink.date, "2023-03-29");
}

TEST(DebianList, ReadsTheWordsInPlaceOfVersions) {
  CollectingSink sink;
  ASSERT_TRUE(read_bytes(kDebianFeed, "debian/data/DSA/list", kList, sink));
  std::map<std::string, FixStatus> states;
  for (const Claim& claim : sink.about("sympa")) states[claim.ecosystem] = claim.status;
  EXPECT_THAT(states, ElementsAre(testing::Pair("debian:3.0", FixStatus::not_affected),
                                  testing::Pair("debian:3.1", FixStatus::affected),
                                  testing::Pair("debian:4", FixStatus::end_of_life)));
}

TEST(DebianList, TakesTheHighestVersionOfSeveralNotices) {
  CollectingSink sink;
  ASSERT_TRUE(read_bytes(kDebianFeed, "debian/data/DLA/list",
                         "[02 Jan 2020] DLA-2-2 a - security update\n\t{CVE-2020-1111}\n\t[buster] - a 1.0-9\n"
                         "[01 Jan 2020] DLA-2-1 a - security update\n\t{CVE-2020-1111}\n\t[buster] - a 1.0-10\n",
                         sink));
  ASSERT_THAT(sink.claims, SizeIs(1));
  EXPECT_THAT(sink.claims[0].ranges, ElementsAre(AffectedRange{"", "1.0-10", ""}));
  EXPECT_EQ(sink.claims[0].advisory, "DLA-2-1");
}

TEST(DebianList, PointsAtALineThatIsNone) {
  CollectingSink sink;
  ASSERT_TRUE(read_bytes(kDebianFeed, "debian/data/DSA/list",
                         "[01 Jan 2020] DSA-1-1 a - b\n\t{CVE-2020-1111}\n\tgibberish\n", sink));
  EXPECT_THAT(sink.problems, ElementsAre("debian/data/DSA/list:3: is no line of a list of notices"));
}

TEST(DebianList, YieldsToTheTrackerBesideItAndNamesItsNotices) {
  auto directory = TemporaryDirectory::create("oakum-debian");
  ASSERT_TRUE(directory);
  const std::string root = directory->path() + "/";
  ASSERT_TRUE(make_directories(root + "debian/data/DSA"));
  ASSERT_TRUE(write_file_atomically(root + "debian/data/DSA/list", kList));
  ASSERT_TRUE(write_file_atomically(
      root + "debian/tracker.json",
      R"({"xorg-server":{"CVE-2023-1393":{"releases":{"bullseye":{"status":"resolved","fixed_version":"2:1.20.11-1+deb11u6"}}}}})"));
  CollectingSink tracker;
  ASSERT_TRUE(kDebianFeed.read({"debian/tracker.json", root + "debian/tracker.json"}, tracker));
  EXPECT_EQ(tracker.claims.at(0).advisory, "DSA-5380-1");
  CollectingSink list;
  ASSERT_TRUE(kDebianFeed.read({"debian/data/DSA/list", root + "debian/data/DSA/list"}, list));
  EXPECT_THAT(list.about("xorg-server"), IsEmpty());
  EXPECT_THAT(list.about("sympa"), SizeIs(3));
}

}  // namespace
}  // namespace oakum::advisories
