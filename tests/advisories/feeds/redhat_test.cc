#include <cstdlib>

#include <gmock/gmock.h>

#include "advisories/feeds/csaf_products.h"
#include "advisories/feeds/table.h"
#include "collecting_sink.h"

namespace oakum::advisories {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(RhelStream, TellsTheReleaseFromItsStreams) {
  EXPECT_EQ(rhel_stream("cpe:/a:redhat:enterprise_linux:9::appstream")->ecosystem, "redhat:9");
  EXPECT_EQ(rhel_stream("cpe:/a:redhat:enterprise_linux:9::appstream")->channel, "");
  EXPECT_EQ(rhel_stream("cpe:/o:redhat:enterprise_linux:10.1")->ecosystem, "redhat:10");
  EXPECT_EQ(rhel_stream("cpe:/o:redhat:rhel_eus:9.2::baseos")->channel, "eus:9.2");
  EXPECT_EQ(rhel_stream("cpe:/a:redhat:rhel_e4s:8.4::appstream")->channel, "e4s:8.4");
  EXPECT_FALSE(rhel_stream("cpe:/a:redhat:openshift:4.16::el9"));
  EXPECT_FALSE(rhel_stream("cpe:/a:redhat:rhel_satellite_client:6::el9"));
  EXPECT_FALSE(rhel_stream("cpe:/o:redhat:enterprise_linux:x"));
  EXPECT_FALSE(rhel_stream(""));
}

TEST(RpmOfPurl, ReadsVersionEpochArchitectureAndModule) {
  const auto rpm = rpm_of_purl(
      "pkg:rpm/redhat/buildah@1.31.3-1.module%2Bel8.9.0?arch=x86_64&epoch=1&rpmmod=container-tools:rhel8:809:e78");
  ASSERT_TRUE(rpm);
  EXPECT_EQ(rpm->name, "buildah");
  EXPECT_EQ(rpm->evr, "1:1.31.3-1.module+el8.9.0");
  EXPECT_EQ(rpm->arch, "x86_64");
  EXPECT_EQ(rpm->module, "container-tools:rhel8");
  EXPECT_EQ(rpm_of_purl("pkg:rpmmod/redhat/php:7.2/php")->module, "php:7.2");
  EXPECT_EQ(rpm_of_purl("pkg:rpm/redhat/bash?arch=src")->evr, "");
  EXPECT_FALSE(rpm_of_purl("pkg:rpmmod/redhat/php:7.2"));
  EXPECT_FALSE(rpm_of_purl("pkg:oci/redhat/x"));
  EXPECT_FALSE(rpm_of_purl("pkg:rpm/redhat/"));
}

constexpr std::string_view kVex = R"({"document":{"tracking":{"current_release_date":"2024-05-06T00:00:00+00:00"}},
"product_tree":{"branches":[{"branches":[
{"product":{"product_id":"R9","product_identification_helper":{"cpe":"cpe:/o:redhat:enterprise_linux:9::baseos"}}},
{"product":{"product_id":"R7","product_identification_helper":{"cpe":"cpe:/o:redhat:enterprise_linux:7"}}},
{"product":{"product_id":"OCP","product_identification_helper":{"cpe":"cpe:/a:redhat:openshift:4.16::el9"}}},
{"product":{"product_id":"c1","product_identification_helper":{"purl":"pkg:rpm/redhat/curl@7.76.1-26.el9?arch=x86_64"}}},
{"product":{"product_id":"c2","product_identification_helper":{"purl":"pkg:rpm/redhat/curl@7.76.1-26.el9?arch=s390x"}}},
{"product":{"product_id":"c3","product_identification_helper":{"purl":"pkg:rpm/redhat/curl@7.76.1-26.el9?arch=src"}}},
{"product":{"product_id":"c4","product_identification_helper":{"purl":"pkg:rpm/redhat/curl-debuginfo@7.76.1-26.el9?arch=s390x"}}},
{"product":{"product_id":"curl","product_identification_helper":{"purl":"pkg:rpm/redhat/curl?arch=src"}}}]}],
"relationships":[
{"product_reference":"c1","relates_to_product_reference":"R9","full_product_name":{"product_id":"R9:c1"}},
{"product_reference":"c2","relates_to_product_reference":"R9","full_product_name":{"product_id":"R9:c2"}},
{"product_reference":"c3","relates_to_product_reference":"R9","full_product_name":{"product_id":"R9:c3"}},
{"product_reference":"c4","relates_to_product_reference":"R9","full_product_name":{"product_id":"R9:c4"}},
{"product_reference":"c1","relates_to_product_reference":"OCP","full_product_name":{"product_id":"OCP:c1"}},
{"product_reference":"curl","relates_to_product_reference":"R7","full_product_name":{"product_id":"R7:curl"}}]},
"vulnerabilities":[{"cve":"CVE-2024-0001","title":"t",
"product_status":{"fixed":["R9:c1","R9:c2","R9:c3","R9:c4","OCP:c1"],"known_affected":["R7:curl"]},
"remediations":[{"category":"workaround","details":"w","product_ids":["R9:c1","R7:curl"]},
{"category":"vendor_fix","url":"https://access.redhat.com/errata/RHSA-2024:1","product_ids":["R9:c1","R9:c2"]},
{"category":"no_fix_planned","details":"Will not fix","product_ids":["R7:curl"]}],
"scores":[{"cvss_v3":{"version":"3.1","vectorString":"CVSS:3.1/AV:N","baseScore":8.1},"products":["R9:c1"]}],
"threats":[{"category":"impact","details":"Important","product_ids":["R9:c1"]}]}]})";

TEST(RedHat, ReadsFixesAndDecisionsForRhelOnly) {
  CollectingSink sink;
  ASSERT_TRUE(read_bytes(kRedHatFeed, "redhat/csaf/v2/vex/2024/cve-2024-0001.json", kVex, sink));
  ASSERT_EQ(sink.claims.size(), 2U);
  const Claim& old = sink.claims[0];
  EXPECT_EQ(old.ecosystem, "redhat:7");
  EXPECT_EQ(old.status, FixStatus::will_not_fix);
  EXPECT_EQ(old.reason, "Will not fix");
  EXPECT_EQ(old.by, PackageName::source);
  EXPECT_EQ(old.ranges[0], AffectedRange{});
  const Claim& fixed = sink.claims[1];
  EXPECT_EQ(fixed.ecosystem, "redhat:9");
  EXPECT_EQ(fixed.advisory, "RHSA-2024:1");
  EXPECT_EQ(fixed.ranges[0].fixed, "7.76.1-26.el9");
  EXPECT_EQ(fixed.severity, Severity::high);
  EXPECT_THAT(fixed.arches, ElementsAre("s390x", "x86_64"));
  ASSERT_EQ(sink.vulnerabilities.size(), 1U);
  EXPECT_EQ(sink.vulnerabilities[0].severities[0].cvss->score, 8.1);
  EXPECT_THAT(sink.covered, ElementsAre("redhat:7", "redhat:9"));
}

TEST(RedHat, BrokenDocumentsAreErrorsAndHostileShapesAreHarmless) {
  CollectingSink sink;
  EXPECT_FALSE(read_bytes(kRedHatFeed, "redhat/csaf/v2/vex/x.json", kVex.substr(0, 900), sink));
  for (const char* text : {R"([])", R"({"vulnerabilities":[1,{"cve":"CVE-2024-1"},{}],"product_tree":3})",
                           R"({"vulnerabilities":[{"cve":"CVE-2024-0001","product_status":{"fixed":[1,"x"]}}]})"}) {
    EXPECT_TRUE(read_bytes(kRedHatFeed, "redhat/csaf/v2/vex/x.json", text, sink)) << text;
  }
  EXPECT_THAT(sink.claims, IsEmpty());
}

TEST(RedHat, RealArchivesAreReadWhole) {
  const char* root = std::getenv("OAKUM_FEEDS");
  if (root == nullptr) GTEST_SKIP() << "OAKUM_FEEDS does not name a directory of feeds";
  for (const std::string path :
       {"redhat/csaf/v2/vex/csaf_vex_sample.tar.zst", "redhat/csaf/v2/advisories/csaf_advisories_sample.tar.zst"}) {
    const std::string disk = std::string(root) + "/" + path;
    if (!path_exists(disk)) continue;
    CollectingSink sink;
    const Status status = kRedHatFeed.read({path, disk}, sink);
    ASSERT_TRUE(status) << status.error().message();
    EXPECT_GT(sink.claims.size(), 1000U);
    EXPECT_THAT(sink.problems, IsEmpty());
  }
}

}  // namespace
}  // namespace oakum::advisories
