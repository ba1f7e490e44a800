#include "reading_fixture.h"

namespace oakum::packages {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// As apk 2.14 writes it on Alpine 3.20.
constexpr std::string_view kInstalled =
    "C:Q1Rm0hlDRAO1x2eGVQR0lcsvr6pY8=\n"
    "P:alpine-baselayout-data\n"
    "V:3.6.5-r0\n"
    "A:x86_64\n"
    "S:11464\n"
    "I:77824\n"
    "T:Alpine base dir structure and init scripts\n"
    "U:https://git.alpinelinux.org/cgit/aports/tree/main/alpine-baselayout\n"
    "L:GPL-2.0-only\n"
    "o:alpine-baselayout\n"
    "m:Natanael Copa <ncopa@alpinelinux.org>\n"
    "t:1714981135\n"
    "c:66187892e05b03a41d08e9acabd19b7576a1c875\n"
    "F:etc\n"
    "R:fstab\n"
    "Z:Q11Q7hNe8QpDS531guqCdrXBzoA/o=\n"
    "R:group\n"
    "Z:Q12Otk4M39fP2Zjkobu0nC9FvlRI0=\n"
    "F:etc/profile.d\n"
    "R:README\n"
    "a:0:0:644\n"
    "F:\n"
    "R:top\n"
    "\n"
    "C:Q1gYeyD7c7mCAO/O9K7n5zdVWTp8A=\n"
    "P:musl\n"
    "V:1.2.5-r0\n"
    "A:x86_64\n"
    "L:MIT\n"
    "F:lib\n"
    "R:ld-musl-x86_64.so.1\n"
    "\n";

Finding installed(std::string_view bytes) { return read("lib/apk/db/installed", bytes); }

TEST(Apk, ReadsEntriesWithOriginAndFiles) {
  const Finding finding = installed(kInstalled);
  EXPECT_THAT(finding.errors, IsEmpty());
  ASSERT_THAT(names(finding.packages), ElementsAre("alpine-baselayout-data", "musl"));
  const Package& first = finding.packages[0];
  EXPECT_EQ(first.version, "3.6.5-r0");
  EXPECT_EQ(first.arch, "x86_64");
  EXPECT_EQ(first.source, (SourcePackage{"alpine-baselayout", "3.6.5-r0"}));
  EXPECT_EQ(first.license, "GPL-2.0-only");
  EXPECT_EQ(first.vendor, "Natanael Copa <ncopa@alpinelinux.org>");
  EXPECT_EQ(first.ecosystem, "apk");
  EXPECT_THAT(first.files, ElementsAre("/etc/fstab", "/etc/group", "/etc/profile.d/README", "/top"));
  EXPECT_EQ(finding.packages[1].source, (SourcePackage{"musl", "1.2.5-r0"}));
}

TEST(Apk, TheLastEntryNeedsNoEmptyLine) {
  EXPECT_THAT(names(installed("P:a\nV:1-r0\n\nP:b\nV:2-r0").packages), ElementsAre("a", "b"));
}

TEST(Apk, NamesTheLineOfAnEntryWithoutAVersion) {
  const Finding finding = installed("P:a\nV:1-r0\n\nC:x\nP:b\n\nP:c\nV:2-r0\n");
  EXPECT_THAT(names(finding.packages), ElementsAre("a", "c"));
  EXPECT_THAT(messages(finding.errors), ElementsAre(HasSubstr("lib/apk/db/installed:4: 'b' ''")));
}

TEST(Apk, ATooLongLineCostsItsPackageOnly) {
  const Finding finding = installed("P:a\nT:" + std::string(2'000'000, 'x') + "\nV:1\n\nP:b\nV:2-r0\n");
  EXPECT_THAT(names(finding.packages), ElementsAre("b"));
  ASSERT_EQ(finding.errors.size(), 1U);
  EXPECT_EQ(finding.errors[0].code, ErrorCode::limit);
}

std::string branch(std::string_view repositories) {
  const Finding finding = read("etc/apk/repositories", repositories);
  return finding.distribution ? finding.distribution->version_id : "";
}

TEST(ApkRepositories, TellTheBranch) {
  EXPECT_EQ(branch("https://dl-cdn.alpinelinux.org/alpine/v3.20/main\n"
                   "https://dl-cdn.alpinelinux.org/alpine/v3.20/community\n"),
            "3.20");
  EXPECT_EQ(branch("http://mirror.local:8080/a/b/alpine/v3.9/main/"), "3.9");
  EXPECT_EQ(branch("/media/cdrom/v3.18/main"), "3.18");
}

TEST(ApkRepositories, EdgeOfMainWinsOverAReleaseButNotATaggedOrTestingOne) {
  EXPECT_EQ(branch("https://x/alpine/v3.20/main\nhttps://x/alpine/edge/main\n"), "edge");
  EXPECT_EQ(branch("https://x/alpine/v3.20/main\n@edge https://x/alpine/edge/main\n"), "3.20");
  EXPECT_EQ(branch("https://x/alpine/edge/testing\nhttps://x/alpine/v3.20/main\n"), "3.20");
  EXPECT_EQ(branch("https://x/alpine/v3.9/main\nhttps://x/alpine/v3.10/main\n"), "3.10");
}

TEST(ApkRepositories, SayNothingWhereThereIsNoBranch) {
  EXPECT_EQ(branch("#https://x/alpine/v3.20/main\n\n"), "");
  EXPECT_EQ(branch("https://packages.wolfi.dev/os\n"), "");
  EXPECT_EQ(branch("https://x/alpine/latest-stable/main\nhttps://x/alpine/vX.1/main\nhttps://x/v3/main\n"), "");
}

TEST(ApkRepositories, DecideOverOsRelease) {
  const std::string release = "ID=alpine\nVERSION_ID=3.20.3\nPRETTY_NAME=\"Alpine Linux v3.20\"\n";
  const auto ecosystem = [&](const std::string& repositories) {
    return assemble_files({{"etc/os-release", release}, {"etc/apk/repositories", repositories}}).ecosystem;
  };
  EXPECT_EQ(ecosystem("https://x/alpine/v3.20/main\n"), "alpine:3.20");
  EXPECT_EQ(ecosystem("https://x/alpine/v3.19/main\n"), "alpine:3.19");
  EXPECT_EQ(ecosystem("https://x/alpine/edge/main\n"), "alpine:edge");
  EXPECT_EQ(ecosystem(""), "alpine:3.20");
}

TEST(ApkRepositories, KeepThePointReleaseOfTheirBranchAndLeaveOtherDistributionsAlone) {
  const Assembled same = assemble_files(
      {{"etc/os-release", "ID=alpine\nVERSION_ID=3.2.3\n"}, {"etc/apk/repositories", "https://x/alpine/v3.20/main\n"}});
  EXPECT_EQ(same.ecosystem, "alpine:3.20");
  const Assembled point = assemble_files({{"etc/os-release", "ID=alpine\nVERSION_ID=3.20.3\n"},
                                          {"etc/apk/repositories", "https://x/alpine/v3.20/main\n"}});
  EXPECT_EQ(point.distribution->version_id, "3.20.3");
  const Assembled wolfi = assemble_files({{"etc/os-release", "ID=wolfi\nVERSION_ID=\"20230201\"\n"},
                                          {"etc/apk/repositories", "https://x/alpine/v3.20/main\n"}});
  EXPECT_EQ(wolfi.ecosystem, "wolfi");
}

}  // namespace
}  // namespace oakum::packages
