#include "advisories/feeds/oval.h"

#include <cstdlib>

#include <gmock/gmock.h>

#include "advisories/feeds/table.h"
#include "collecting_sink.h"

namespace oakum::advisories {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A document with one definition: its criteria, and tests tst:1 … about packages.
std::string oval(std::string_view metadata, std::string_view criteria, std::string_view kind = "patch") {
  std::string text =
      "<oval_definitions><generator><oval:timestamp>2024-05-06T00:00:00</oval:timestamp></generator><definitions>";
  text += "<definition class=\"" + std::string(kind) + "\" id=\"def:1\"><metadata>" + std::string(metadata) +
          "</metadata>" + std::string(criteria) + "</definition></definitions><tests>";
  for (const char* n : {"1", "2", "3", "4"}) {
    text += "<l:rpminfo_test id=\"tst:" + std::string(n) + "\"><l:object object_ref=\"obj:" + n +
            "\"/><l:state state_ref=\"ste:" + n + "\"/></l:rpminfo_test>";
  }
  return text +
         "<rpminfo_test id=\"tst:9\"><object object_ref=\"obj:9\"/><state "
         "state_ref=\"ste:9\"/></rpminfo_test></tests><objects>"
         "<l:rpminfo_object id=\"obj:1\"><l:name>openssl</l:name></l:rpminfo_object>"
         "<l:rpminfo_object id=\"obj:2\"><l:name>openssl-libs</l:name></l:rpminfo_object>"
         "<l:rpminfo_object id=\"obj:3\"><l:name>openssl</l:name></l:rpminfo_object>"
         "<l:rpminfo_object id=\"obj:4\"><l:name>openssl-fips</l:name></l:rpminfo_object>"
         "<rpminfo_object id=\"obj:9\"><name>release</name></rpminfo_object></objects><states>"
         "<l:rpminfo_state id=\"ste:1\"><l:evr operation=\"less "
         "than\">1:3.0.7-1</l:evr><l:arch>(aarch64|x86_64)</l:arch></l:rpminfo_state>"
         "<l:rpminfo_state id=\"ste:2\"><l:evr operation=\"less than or equal\">0: 3.0.7-2</l:evr></l:rpminfo_state>"
         "<l:rpminfo_state id=\"ste:3\"><l:evr operation=\"greater than\">1:3.0.0</l:evr></l:rpminfo_state>"
         "<l:rpminfo_state id=\"ste:4\"><l:evr operation=\"less than\">10:3.0.7-5_fips</l:evr></l:rpminfo_state>"
         "<rpminfo_state id=\"ste:9\"><version "
         "operation=\"equals\">9</version></rpminfo_state></states></oval_definitions>";
}

TEST(Oracle, ReadsReleaseArchitectureModuleAndFlavour) {
  const std::string text = oval(
      "<title>ELSA-2024-1: x</title><reference source=\"elsa\" ref_id=\"ELSA-2024-1\" ref_url=\"https://x\"/>"
      "<advisory><severity>IMPORTANT</severity><cve>CVE-2024-0001</cve><cve>CVE-2024-0002</cve></advisory>",
      "<criteria operator=\"AND\"><criterion test_ref=\"tst:9\" comment=\"Oracle Linux 9 is installed\"/>"
      "<criteria operator=\"OR\"><criteria operator=\"AND\"><criterion test_ref=\"x\" comment=\"Oracle Linux arch is "
      "x86_64\"/>"
      "<criterion test_ref=\"x\" comment=\"Module nodejs:18 is enabled\"/><criterion test_ref=\"tst:1\" "
      "comment=\"c\"/></criteria>"
      "<criterion test_ref=\"tst:4\" comment=\"c\"/></criteria></criteria>");
  CollectingSink sink;
  ASSERT_TRUE(read_bytes(kOracleFeed, "oracle/com.oracle.elsa-all.xml", text, sink));
  const auto claims = sink.about("openssl");
  ASSERT_EQ(claims.size(), 2U);
  EXPECT_EQ(claims[0].ecosystem, "oracle:9");
  EXPECT_EQ(claims[0].advisory, "ELSA-2024-1");
  EXPECT_EQ(claims[0].module, "nodejs:18");
  EXPECT_EQ(claims[0].severity, Severity::high);
  EXPECT_EQ(claims[0].ranges[0].fixed, "1:3.0.7-1");
  EXPECT_THAT(claims[0].arches, ElementsAre("x86_64", "noarch"));
  const auto fips = sink.about("openssl-fips");
  ASSERT_EQ(fips.size(), 2U);
  EXPECT_EQ(fips[0].channel, "fips");
  EXPECT_EQ(fips[0].module, "");
}

TEST(AzureLinux, ReadsBothEndsOfARangeBySourcePackageAndDropsNotApplicable) {
  const std::string criteria =
      "<criteria operator=\"AND\"><criterion test_ref=\"tst:1\" comment=\"c\"/><criterion test_ref=\"tst:3\" "
      "comment=\"c\"/>"
      "<criterion test_ref=\"tst:2\" comment=\"c\"/></criteria>";
  const std::string metadata = "<title>CVE-2024-0001 affecting openssl</title><severity>High</severity><patchable>";
  CollectingSink sink;
  ASSERT_TRUE(read_bytes(kAzureLinuxFeed, "azurelinux/cbl-mariner-2.0-oval.xml",
                         oval(metadata + "true</patchable>", criteria), sink));
  const auto claims = sink.about("openssl");
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims[0].ecosystem, "azurelinux:2.0");
  EXPECT_EQ(claims[0].by, PackageName::source);
  EXPECT_EQ(claims[0].ranges[0], (AffectedRange{"1:3.0.0", "1:3.0.7-1", ""}));
  EXPECT_EQ(sink.about("openssl-libs")[0].ranges[0].last_affected, "0:3.0.7-2");
  EXPECT_EQ(sink.about("openssl-libs")[0].status, FixStatus::affected);

  CollectingSink none;
  ASSERT_TRUE(read_bytes(kAzureLinuxFeed, "azurelinux/azurelinux-3.0-oval.xml",
                         oval(metadata + "Not Applicable</patchable>", criteria), none));
  EXPECT_THAT(none.claims, IsEmpty());
}

TEST(Suse, ReadsProductsServicePacksAndStreams) {
  const std::string text =
      oval("<title>CVE-2024-0001</title><advisory><severity>Moderate</severity></advisory>",
           "<criteria operator=\"AND\"><criteria operator=\"OR\">"
           "<criterion test_ref=\"tst:9\" comment=\"SUSE Linux Enterprise Server 15 SP4-LTSS is installed\"/>"
           "<criterion test_ref=\"tst:9\" comment=\"SUSE Linux Enterprise Module for Basesystem 15 SP5 is installed\"/>"
           "<criterion test_ref=\"tst:9\" comment=\"openSUSE Leap 15.5 is installed\"/></criteria>"
           "<criteria operator=\"OR\"><criterion test_ref=\"tst:1\" comment=\"openssl-3.0.7-1 is installed\"/>"
           "<criterion test_ref=\"tst:4\" comment=\"openssl-fips is not affected\"/></criteria></criteria>",
           "vulnerability");
  CollectingSink sink;
  ASSERT_TRUE(read_bytes(kSuseFeed, "suse/oval/suse.linux.enterprise.server.15.xml", text, sink));
  std::vector<std::string> seen;
  for (const Claim& claim : sink.about("openssl")) seen.push_back(claim.ecosystem + " " + claim.channel);
  EXPECT_THAT(seen, ElementsAre("opensuse-leap:15.5 ", "sles:15.4 ltss", "sles:15.5 "));
  EXPECT_EQ(sink.about("openssl-fips")[0].status, FixStatus::not_affected);
  EXPECT_THAT(sink.about("openssl-fips")[0].ranges, IsEmpty());
}

TEST(Oval, CriteriaThatAreTooDeepAreAProblemNotACrash) {
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<criteria operator=\"OR\">";
  deep += "<criterion test_ref=\"tst:1\" comment=\"c\"/>";
  for (int i = 0; i < 5000; ++i) deep += "</criteria>";
  CollectingSink sink;
  ASSERT_TRUE(read_bytes(kAzureLinuxFeed, "azurelinux/azurelinux-3.0-oval.xml",
                         oval("<title>CVE-2024-0001</title>", deep), sink));
  EXPECT_THAT(sink.claims, IsEmpty());
  EXPECT_EQ(sink.problems.size(), 1U);
}

TEST(Oval, OtherAndBrokenDocumentsAreErrors) {
  CollectingSink sink;
  for (const char* text : {"", "<a/>", "<oval_definitions>", "{}", "<oval_definitions/>"}) {
    EXPECT_FALSE(read_bytes(kPhotonOvalFeed, "photon/x.xml", text, sink)) << text;
  }
}

TEST(Oval, ArchitecturesAreReadFromPlainListsOnly) {
  EXPECT_THAT(oval_arches("(aarch64|x86_64)"), ElementsAre("aarch64", "x86_64"));
  EXPECT_THAT(oval_arches("^(noarch)$"), ElementsAre("noarch"));
  EXPECT_THAT(oval_arches("(x86.*)"), IsEmpty());
  EXPECT_THAT(oval_arches(""), IsEmpty());
}

struct RealFile {
  const Feed& feed;
  const char* path;
  std::size_t claims;
};

TEST(Oval, RealDocumentsAreReadWhole) {
  const char* root = std::getenv("OAKUM_FEEDS");
  if (root == nullptr) GTEST_SKIP() << "OAKUM_FEEDS does not name a directory of feeds";
  const RealFile files[] = {{kSuseFeed, "suse/oval/opensuse.leap.15.3.xml.gz", 90'000},
                            {kAzureLinuxFeed, "azurelinux/azurelinux-3.0-oval.xml.gz", 2'000},
                            {kAzureLinuxFeed, "azurelinux/cbl-mariner-2.0-oval.xml.gz", 2'000},
                            {kPhotonOvalFeed, "photon/com.vmware.phsa-photon3.xml.gz", 2'000}};
  for (const RealFile& file : files) {
    const std::string disk = std::string(root) + "/" + file.path;
    if (!path_exists(disk)) continue;
    CollectingSink sink;
    const Status status = file.feed.read({file.path, disk}, sink);
    ASSERT_TRUE(status) << status.error().message();
    EXPECT_GT(sink.claims.size(), file.claims) << file.path;
    EXPECT_THAT(sink.problems, IsEmpty()) << file.path;
  }
}

}  // namespace
}  // namespace oakum::advisories
