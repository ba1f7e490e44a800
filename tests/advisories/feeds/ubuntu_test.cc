#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "advisories/feeds/archive.h"
#include "advisories/feeds/collecting_sink.h"
#include "advisories/feeds/openvex.h"
#include "advisories/feeds/table.h"
#include "advisories/feeds/ubuntu_tracker.h"

namespace oakum::advisories {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kHead =
    "Candidate: CVE-2023-4911\n"
    "PublicDate: 2023-10-03 18:15:00 UTC\n"
    "References:\n"
    " https://ubuntu.com/security/notices/USN-6409-1\n"
    "Description:\n"
    " A buffer overflow was discovered\n"
    " in ld.so.\n"
    "Priority: high\n"
    " Local privilege escalation.\n"
    "CVSS:\n"
    " nvd: CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H [7.8 HIGH]\n"
    "\nPatches_glibc:\n upstream: https://example.org/patch\n";

CollectingSink read_file_with(std::string_view lines) {
  CollectingSink sink;
  EXPECT_TRUE(read_ubuntu_cve(std::string(kHead) + std::string(lines), "active/CVE-2023-4911", sink));
  return sink;
}

TEST(UbuntuTracker, ReadsTheCveItself) {
  const CollectingSink sink = read_file_with("");
  ASSERT_THAT(sink.vulnerabilities, SizeIs(1));
  const VulnerabilityRecord& record = sink.vulnerabilities[0];
  EXPECT_EQ(record.id, "CVE-2023-4911");
  EXPECT_EQ(record.description, "A buffer overflow was discovered in ld.so.");
  EXPECT_EQ(record.published, "2023-10-03T18:15:00Z");
  EXPECT_THAT(record.references, ElementsAre("https://ubuntu.com/security/notices/USN-6409-1"));
  ASSERT_THAT(record.severities, SizeIs(2));
  EXPECT_EQ(record.severities[0].source, "ubuntu");
  EXPECT_EQ(record.severities[0].severity, Severity::high);
  EXPECT_EQ(record.severities[1].source, "nvd");
  EXPECT_DOUBLE_EQ(record.severities[1].cvss->score, 7.8);
}

TEST(UbuntuTracker, ClaimsAReleasedFixWithThePriority) {
  const CollectingSink sink = read_file_with("jammy_glibc: released (2.35-0ubuntu3.4)\n");
  ASSERT_THAT(sink.claims, SizeIs(1));
  EXPECT_EQ(sink.claims[0].ecosystem, "ubuntu:22.04");
  EXPECT_EQ(sink.claims[0].by, PackageName::source);
  EXPECT_EQ(sink.claims[0].severity, Severity::high);
  EXPECT_THAT(sink.claims[0].ranges, ElementsAre(AffectedRange{"", "2.35-0ubuntu3.4", ""}));
}

TEST(UbuntuTracker, PrefersThePriorityOfThePackage) {
  const CollectingSink sink = read_file_with("Priority_glibc: negligible\njammy_glibc: needed\n");
  EXPECT_EQ(sink.claims.at(0).severity, Severity::info);
}

struct Word {
  std::string_view line;
  FixStatus status;
  std::string_view reason;
};
class UbuntuWord : public testing::TestWithParam<Word> {};

TEST_P(UbuntuWord, HasItsStatusAndReason) {
  const CollectingSink sink = read_file_with("jammy_glibc: " + std::string(GetParam().line) + "\n");
  ASSERT_THAT(sink.claims, SizeIs(1));
  EXPECT_EQ(sink.claims[0].status, GetParam().status);
  EXPECT_EQ(sink.claims[0].reason, GetParam().reason);
  EXPECT_THAT(sink.claims[0].ranges, ElementsAre(AffectedRange{}));
}

INSTANTIATE_TEST_SUITE_P(
    Words, UbuntuWord,
    testing::Values(Word{"needed", FixStatus::affected, "needed"},
                    Word{"pending (2.35-0ubuntu3.5)", FixStatus::affected, "pending: 2.35-0ubuntu3.5"},
                    Word{"in-progress", FixStatus::affected, "in-progress"},
                    Word{"needs-triage", FixStatus::under_investigation, "needs-triage"},
                    Word{"deferred (2023-11-01)", FixStatus::fix_deferred, "deferred: 2023-11-01"},
                    Word{"ignored (too intrusive)", FixStatus::will_not_fix, "ignored: too intrusive"},
                    Word{"ignored (end of standard support, was needed)", FixStatus::end_of_life,
                         "ignored: end of standard support, was needed"}));

TEST(UbuntuTracker, SaysNotAffectedForLongLivedReleasesAndNothingForAbsentPackages) {
  const CollectingSink sink = read_file_with(
      "jammy_glibc: not-affected (code not present)\nlunar_glibc: not-affected\nfocal_glibc: DNE\n"
      "upstream_glibc: needed\ndevel_glibc: needed\nsnap_glibc: needed\nvivid/ubuntu-core_glibc: needed\n");
  ASSERT_THAT(sink.claims, SizeIs(1));
  EXPECT_EQ(sink.claims[0].ecosystem, "ubuntu:22.04");
  EXPECT_EQ(sink.claims[0].status, FixStatus::not_affected);
  EXPECT_THAT(sink.claims[0].ranges, IsEmpty());
}

TEST(UbuntuTracker, TakesAReleaseWithoutVersionAsNotAffected) {
  EXPECT_EQ(read_file_with("jammy_glibc: released\n").claims.at(0).status, FixStatus::not_affected);
}

TEST(UbuntuTracker, PutsProFixesIntoTheirChannelAndNamesThemInTheReleases) {
  const CollectingSink sink = read_file_with(
      "bionic_glibc: ignored (end of standard support)\nesm-infra/bionic_glibc: released (2.27-3ubuntu1.6+esm1)\n"
      "trusty/esm_glibc: released (2.19-0ubuntu6.15+esm3)\nesm-apps/focal_glibc: needed\n");
  ASSERT_THAT(sink.claims, SizeIs(3));
  EXPECT_EQ(sink.claims[0].status, FixStatus::end_of_life);
  EXPECT_EQ(sink.claims[0].channel, "");
  EXPECT_EQ(sink.claims[0].reason, "ignored: end of standard support; fixed in Ubuntu Pro (esm-infra)");
  EXPECT_EQ(sink.claims[1].channel, "esm-infra");
  EXPECT_EQ(sink.claims[1].ecosystem, "ubuntu:18.04");
  EXPECT_EQ(sink.claims[2].channel, "esm-infra");
  EXPECT_EQ(sink.claims[2].ecosystem, "ubuntu:14.04");
}

TEST(UbuntuTracker, BelievesTheLongTermStreamThatTheCodeIsNotThere) {
  const CollectingSink sink = read_file_with(
      "xenial_glibc: ignored (end of standard support)\nesm-infra/xenial_glibc: not-affected (code not present)\n");
  ASSERT_THAT(sink.claims, SizeIs(1));
  EXPECT_EQ(sink.claims[0].status, FixStatus::not_affected);
}

TEST(UbuntuTracker, RefusesAFileWithoutCandidate) {
  CollectingSink sink;
  EXPECT_FALSE(read_ubuntu_cve("jammy_glibc: needed\n", "active/x", sink));
  EXPECT_FALSE(read_ubuntu_cve("", "active/x", sink));
  EXPECT_THAT(sink.claims, IsEmpty());
}

CollectingSink read_vex(std::string json) {
  std::ranges::replace(json, '\'', '"');
  const auto document = Document::from_bytes(json, "vex");
  JsonReader reader;
  const auto value = reader.parse(document->bytes(), "vex");
  CollectingSink sink;
  OsvTally tally;
  EXPECT_TRUE(value && read_ubuntu_vex(*value, sink, tally)) << json;
  return sink;
}

std::string statement(std::string_view status, std::string_view more, std::string_view distro = "jammy") {
  return "{'statements':[{'vulnerability':{'name':'CVE-2024-0001'},'status':'" + std::string(status) + "'," +
         std::string(more) +
         "'products':[{'@id':'pkg:deb/ubuntu/curl@7.81.0-1?arch=source&distro=" + std::string(distro) +
         "'},{'@id':'pkg:deb/ubuntu/libcurl4@7.81.0-1?arch=amd64&distro=jammy'}]}]}";
}

TEST(UbuntuVex, TellsARefusalFromWorkToCome) {
  EXPECT_EQ(read_vex(statement("not_affected", "")).claims.at(0).status, FixStatus::not_affected);
  EXPECT_EQ(read_vex(statement("under_investigation", "")).claims.at(0).status, FixStatus::under_investigation);
  const CollectingSink refused =
      read_vex(statement("affected", "'action_statement':'Ubuntu has decided not to fix this vulnerability',"));
  ASSERT_THAT(refused.claims, SizeIs(1)) << "by source package alone";
  EXPECT_EQ(refused.claims[0].status, FixStatus::will_not_fix);
  EXPECT_EQ(refused.claims[0].package, "curl");
  EXPECT_EQ(refused.claims[0].ecosystem, "ubuntu:22.04");
  EXPECT_EQ(
      read_vex(statement("affected", "'action_statement':'This release is no longer supported',")).claims.at(0).status,
      FixStatus::end_of_life);
  EXPECT_EQ(read_vex(statement("affected", "'action_statement':'The package needs fixing',")).claims.at(0).status,
            FixStatus::affected);
}

TEST(UbuntuVex, LeavesFixesToOsvAndStreamsToThemselves) {
  EXPECT_THAT(read_vex(statement("fixed", "")).claims, IsEmpty());
  EXPECT_THAT(read_vex(statement("affected", "", "esm-apps/jammy")).claims, IsEmpty());
  EXPECT_THAT(read_vex(statement("affected", "", "esm-apps%2Fjammy")).claims, IsEmpty());
}

TEST(UbuntuFeed, FailsOnAFileThatIsNoArchive) {
  CollectingSink sink;
  EXPECT_FALSE(read_bytes(kUbuntuFeed, "ubuntu/ubuntu-cve-tracker.tar.zst", "no archive", sink));
  EXPECT_FALSE(read_bytes(kUbuntuFeed, "ubuntu/osv-all.tar.xz", "", sink));
  EXPECT_THAT(sink.covered, IsEmpty());
}

}  // namespace
}  // namespace oakum::advisories
