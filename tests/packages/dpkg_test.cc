#include "reading_fixture.h"

namespace oakum::packages {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kStatus = "var/lib/dpkg/status";

Finding status(std::string_view bytes) { return read(kStatus, bytes); }

std::string stanza(std::string_view name, std::string_view state, std::string_view version = "1") {
  return "Package: " + std::string(name) + "\nStatus: " + std::string(state) + "\nVersion: " + std::string(version) +
         "\n\n";
}

TEST(Dpkg, ReadsAStanzaAsDpkgWritesIt) {
  const Finding finding = status(
      "Package: libblkid1\n"
      "Status: install ok installed\n"
      "Priority: optional\n"
      "Maintainer: util-linux packagers <util-linux@packages.debian.org>\n"
      "Architecture: amd64\n"
      "Multi-Arch: same\n"
      "Source: util-linux\n"
      "Version: 2.38.1-5+deb12u3\n"
      "Conffiles:\n"
      " /etc/Version: 9 d41d8cd98f00b204e9800998ecf8427e\n"
      "Description: block device ID library\n"
      " The blkid library allows system programs to\n"
      " .\n"
      " Package: not-a-field\n"
      "Homepage: https://www.kernel.org/pub/linux/utils/util-linux/\n");
  EXPECT_THAT(finding.errors, IsEmpty());
  ASSERT_EQ(finding.packages.size(), 1U);
  const Package& package = finding.packages[0];
  EXPECT_EQ(package.name, "libblkid1");
  EXPECT_EQ(package.version, "2.38.1-5+deb12u3");
  EXPECT_EQ(package.epoch, "");
  EXPECT_EQ(package.arch, "amd64");
  EXPECT_EQ(package.source, (SourcePackage{"util-linux", "2.38.1-5+deb12u3"}));
  EXPECT_EQ(package.vendor, "util-linux packagers <util-linux@packages.debian.org>");
  EXPECT_EQ(package.ecosystem, "deb");
  EXPECT_EQ(package.path, kStatus);
}

TEST(Dpkg, TakesTheSourceVersionThatIsStated) {
  const Finding finding = status(
      "Package: bash\nStatus: install ok installed\nSource: bash (5.2.15-2)\nVersion: 5.2.15-2+b7\n\n"
      "Package: perl-base\nStatus: install ok installed\nSource: perl (5.36.0-7)\nVersion: 4:5.36.0-7\n");
  ASSERT_EQ(finding.packages.size(), 2U);
  EXPECT_EQ(finding.packages[0].source, (SourcePackage{"bash", "5.2.15-2"}));
  EXPECT_EQ(finding.packages[1].source, (SourcePackage{"perl", "5.36.0-7"}));
  EXPECT_EQ(finding.packages[1].epoch, "4");
}

TEST(Dpkg, KeepsPlusBWhenNoSourceVersionIsStated) {
  const Finding finding = status(stanza("x", "install ok installed", "1.0+b1"));
  ASSERT_EQ(finding.packages.size(), 1U);
  EXPECT_EQ(finding.packages[0].source, (SourcePackage{"x", "1.0+b1"}));
}

TEST(Dpkg, KeepsPackagesWhoseFilesAreThere) {
  const Finding finding =
      status(stanza("a", "install ok installed") + stanza("b", "hold ok installed") +
             stanza("c", "install ok half-configured") + stanza("d", "install ok triggers-awaited") +
             stanza("e", "install ok triggers-pending") + stanza("f", "install ok unpacked") +
             stanza("g", "install reinstreq installed"));
  EXPECT_THAT(names(finding.packages), ElementsAre("a", "b", "c", "d", "e", "f", "g"));
}

TEST(Dpkg, DropsPackagesThatWereRemoved) {
  const Finding finding =
      status(stanza("rc", "deinstall ok config-files") + stanza("held", "hold ok config-files") +
             stanza("p", "purge ok not-installed") + stanza("h", "install ok half-installed") +
             stanza("d", "deinstall ok installed") + "Package: n\nStatus: install ok not-installed\n");
  EXPECT_THAT(finding.packages, IsEmpty());
  EXPECT_THAT(finding.errors, IsEmpty());
}

TEST(Dpkg, FieldNamesHaveNoCaseAndLinesMayEndInCrLf) {
  const Finding finding =
      status("PACKAGE: a\r\nstatus: install ok installed\r\nversion: 1\r\n\r\nPackage: b\r\nVersion: 2");
  EXPECT_THAT(names(finding.packages), ElementsAre("a", "b"));
  EXPECT_EQ(finding.packages[0].version, "1");
}

TEST(Dpkg, NamesTheLineOfWhatItCannotRead) {
  const Finding finding = status(stanza("a", "install ok installed") + "Package: b\nStatus: install ok installed\n\n" +
                                 "Version: 3\n\n" + stanza("c", "install ok weird") +
                                 stanza("d e", "install ok installed") + stanza("z", "install ok installed"));
  EXPECT_THAT(names(finding.packages), ElementsAre("a", "z"));
  EXPECT_THAT(messages(finding.errors),
              ElementsAre("var/lib/dpkg/status:5: package 'b' has no version",
                          "var/lib/dpkg/status:8: an entry without a package name",
                          "var/lib/dpkg/status:10: package 'c': 'install ok weird' is not a status",
                          "var/lib/dpkg/status:14: 'd e' is not a package name"));
}

TEST(Dpkg, TerminalEscapesStayOutOfMessagesAndMaintainers) {
  const Finding finding =
      status("Package: a\x1b[31m\nVersion: 1\n\nPackage: b\nVersion: 1\nMaintainer: M\x1b]0;x\x07\n");
  ASSERT_EQ(finding.errors.size(), 1U);
  EXPECT_EQ(finding.errors[0].message().find('\x1b'), std::string::npos);
  ASSERT_EQ(finding.packages.size(), 1U);
  EXPECT_EQ(finding.packages[0].vendor.find('\x1b'), std::string::npos);
}

TEST(Dpkg, SkipsAnEntryBeyondTheLimitsAndGoesOn) {
  const Finding finding = status("Package: a\nVersion: 1\nDescription: " + std::string(2'000'000, 'x') + "\n\n" +
                                 stanza("b", "install ok installed"));
  EXPECT_THAT(names(finding.packages), ElementsAre("b"));
  ASSERT_EQ(finding.errors.size(), 1U);
  EXPECT_EQ(finding.errors[0].code, ErrorCode::limit);
}

TEST(Dpkg, ListsAtMostAHundredErrors) {
  std::string bytes;
  for (int i = 0; i < 1000; ++i) bytes += "Version: 1\n\n";
  const Finding finding = status(bytes);
  EXPECT_EQ(finding.errors.size(), 100U);
  EXPECT_THAT(finding.errors.back().message(), HasSubstr("more errors"));
}

TEST(Dpkg, AnEmptyStatusIsNoError) {
  EXPECT_THAT(status("").errors, IsEmpty());
  EXPECT_THAT(status("\n\n\n").errors, IsEmpty());
}

TEST(Dpkg, FileListsLeaveOutDirectories) {
  const Finding finding = read("var/lib/dpkg/info/bash.list",
                               "/.\n/bin\n/bin/bash\n/etc\n/etc/skel\n/etc/skel/.bashrc\n/usr\n/usr/share\n"
                               "/usr/share/doc\n/usr/share/doc/bash\n/usr/share/doc/bash/copyright\n/bin/rbash\n");
  EXPECT_EQ(finding.files_of, "bash");
  EXPECT_THAT(finding.files,
              ElementsAre("/bin/bash", "/etc/skel/.bashrc", "/usr/share/doc/bash/copyright", "/bin/rbash"));
}

TEST(Dpkg, ReadsMd5sums) {
  const Finding finding = read("var/lib/dpkg/status.d/tzdata.md5sums",
                               "d41d8cd98f00b204e9800998ecf8427e  usr/share/zoneinfo/UTC\n"
                               "d41d8cd98f00b204e9800998ecf8427e  ./usr/share/a b\nshort\n");
  EXPECT_EQ(finding.files_of, "tzdata");
  EXPECT_THAT(finding.files, ElementsAre("/usr/share/zoneinfo/UTC", "/usr/share/a b"));
}

TEST(Dpkg, JoinsFileListsByNameAndArchitecture) {
  const Assembled assembled =
      assemble_files({{"var/lib/dpkg/status",
                       "Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n\n"
                       "Package: libc6\nStatus: install ok installed\nArchitecture: i386\nVersion: 1\n\n"
                       "Package: bash\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n"},
                      {"var/lib/dpkg/info/libc6:amd64.list", "/lib64/libc.so.6\n"},
                      {"var/lib/dpkg/info/libc6:i386.list", "/lib/libc.so.6\n"},
                      {"var/lib/dpkg/info/bash.md5sums", "d41d8cd98f00b204e9800998ecf8427e  only/md5\n"},
                      {"var/lib/dpkg/info/bash.list", "/bin/bash\n"}});
  ASSERT_THAT(names(assembled.packages), ElementsAre("bash", "libc6", "libc6"));
  EXPECT_THAT(assembled.packages[0].files, ElementsAre("/bin/bash"));
  EXPECT_THAT(assembled.packages[1].files, ElementsAre("/lib64/libc.so.6"));
  EXPECT_THAT(assembled.packages[2].files, ElementsAre("/lib/libc.so.6"));
}

TEST(Dpkg, JoinsDistrolessPackagesWithTheMd5sumsBesideThem) {
  const Assembled assembled = assemble_files(
      {{"var/lib/dpkg/status.d/dHpkYXRh", "Package: tzdata\nVersion: 2024a-0+deb12u1\nArchitecture: all\n"},
       {"var/lib/dpkg/status.d/dHpkYXRh.md5sums", "d41d8cd98f00b204e9800998ecf8427e  usr/share/zoneinfo/UTC\n"}});
  ASSERT_THAT(names(assembled.packages), ElementsAre("tzdata"));
  EXPECT_THAT(assembled.packages[0].files, ElementsAre("/usr/share/zoneinfo/UTC"));
  EXPECT_THAT(assembled.errors, IsEmpty());
}

}  // namespace
}  // namespace oakum::packages
