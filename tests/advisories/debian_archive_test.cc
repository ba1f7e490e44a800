#include "advisories/debian_archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "advisories/archive_packages.h"
#include "advisories/archive_release.h"
#include "advisories/deb_package.h"
#include "advisories/feeds/table.h"
#include "advisories/package_mirror.h"
#include "base/digest.h"
#include "base/process.h"
#include "feeds/collecting_sink.h"

namespace oakum::advisories {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kNewest = "1:2.0-1+deb12u2";

std::string changelog(std::string_view source) {
  const std::string name(source);
  return name +
         " (1:2.0-1+deb12u2) bookworm-security; urgency=high\n\n  * Fix CVE-2024-1111.\n\n -- A <a@b>  date\n\n" +
         name +
         " (1:2.0-1+deb12u1) bookworm-security; urgency=high\n\n  * Fix CVE-2024-0001.\n\n -- A <a@b>  date\n\n" +
         name + " (1:2.0-1) unstable; urgency=low\n\n  * First.\n\n -- A <a@b>  date\n";
}

// A security archive on disk, with packages that dpkg-deb builds.
class DebianArchive : public testing::Test {
 protected:
  void SetUp() override {
    if (!run_process({"dpkg-deb", "--version"})) GTEST_SKIP() << "dpkg-deb is not installed";
  }

  std::string root() const { return directory_->path(); }
  std::string mirror() const { return root() + "/mirror"; }

  // Builds PACKAGE of SOURCE; without changelog its documentation directory is a link.
  void add_package(const std::string& package, const std::string& source, bool with_changelog,
                   std::string_view version = kNewest) {
    const std::string tree = root() + "/tree-" + package;
    const std::string documents = tree + "/usr/share/doc/" + package;
    ASSERT_TRUE(make_directories(tree + "/DEBIAN"));
    ASSERT_TRUE(make_directories(tree + "/usr/share/doc"));
    if (with_changelog) {
      ASSERT_TRUE(make_directories(documents));
      ASSERT_TRUE(write_file_atomically(documents + "/changelog.Debian", changelog(source)));
      ASSERT_EQ(run_process({"gzip", "-9n", documents + "/changelog.Debian"})->exit_status, 0);
    } else {
      ASSERT_EQ(run_process({"ln", "-s", "elsewhere", documents})->exit_status, 0);
    }
    const std::string control = "Package: " + package + "\nSource: " + source + "\nVersion: " + std::string(version) +
                                "\nArchitecture: amd64\nMaintainer: A <a@b>\nDescription: x\n";
    ASSERT_TRUE(write_file_atomically(tree + "/DEBIAN/control", control));
    ASSERT_TRUE(make_directories(mirror() + "/pool"));
    const std::string file = "pool/" + package + ".deb";
    ASSERT_EQ(run_process({"dpkg-deb", "-Z" + member_, "--build", "--root-owner-group", tree, mirror() + "/" + file})
                  ->exit_status,
              0);
    const std::string bytes = *read_file(mirror() + "/" + file, 1U << 20);
    packages_ += control + "Filename: " + file + "\nSize: " + std::to_string(bytes.size()) +
                 "\nSHA256: " + std::string(Digest::sha256_of(bytes).hex()) + "\n\n";
  }

  // The suite's index as it is, and compressed by `compressor` where one is named.
  void publish(const std::string& compressor = {}, const std::string& suffix = {}) {
    const std::string suite = mirror() + "/dists/" + suite_ + "/";
    const std::string file = "main/binary-amd64/Packages" + suffix;
    ASSERT_TRUE(make_directories(suite + "main/binary-amd64"));
    ASSERT_TRUE(write_file_atomically(suite + "main/binary-amd64/Packages", packages_));
    if (!compressor.empty()) {
      ASSERT_EQ(run_process({compressor, "-q", "-f", suite + "main/binary-amd64/Packages"})->exit_status, 0);
    }
    const std::string bytes = *read_file(suite + file, 1U << 20);
    const std::string release = heading_ + "Date: Fri, 20 Nov 2026  0:12:41 UTC\nSHA256:\n " +
                                std::string(Digest::sha256_of(bytes).hex()) + "             " +
                                std::to_string(bytes.size()) + " " + file + "\n";
    ASSERT_TRUE(write_file_atomically(suite + "InRelease",
                                      "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n" + release +
                                          "-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----\n"));
  }

  Result<ArchiveReport> fetch(std::vector<SourcePackage> packages) {
    ArchiveRequest request;
    request.mirror = "file://" + mirror();
    request.suites = {suite_};
    request.packages = std::move(packages);
    request.output = root() + "/out";
    return fetch_debian_archive(request);
  }

  void read_feed(CollectingSink& sink) {
    const std::string path = "debian-archive/" + suite_ + "/index.json";
    ASSERT_TRUE(kDebianArchiveFeed.accepts(path));
    const Status status = kDebianArchiveFeed.read({path, root() + "/out/" + path}, sink);
    ASSERT_TRUE(status) << status.error().message();
  }

 private:
  Result<TemporaryDirectory> directory_ = TemporaryDirectory::create("oakum-archive");
  std::string packages_;

 protected:
  std::string suite_ = "bookworm-security";
  std::string heading_ = "Origin: Debian\nVersion: 12\nCodename: bookworm-security\n";
  std::string member_ = "xz";  // compression of what the packages hold
};

// Ubuntu's security pocket: the release's own codename, and packages whose members are compressed with zstd.
class UbuntuArchive : public DebianArchive, public testing::WithParamInterface<std::pair<const char*, const char*>> {
 protected:
  void SetUp() override {
    DebianArchive::SetUp();
    if (IsSkipped()) return;
    const auto help = run_process({"dpkg-deb", "--help"});
    if (!help || help->output.find("zstd") == std::string::npos) GTEST_SKIP() << "dpkg-deb lacks zstd";
    suite_ = "jammy-security";
    heading_ =
        "Origin: Ubuntu\nLabel: Ubuntu\nSuite: jammy-security\nVersion: 22.04\nCodename: jammy\n"
        "Acquire-By-Hash: yes\n";
    member_ = "zstd";
  }
};

TEST_P(UbuntuArchive, IsReadFromZstdPackages) {
  const auto [compressor, suffix] = GetParam();
  if (*compressor != '\0' && !run_process({compressor, "--version"})) GTEST_SKIP() << compressor << " is not installed";
  add_package("web-common", "web-server", true);
  publish(compressor, suffix);
  const auto report = fetch({{"web-server", "1:2.0-1+deb12u1"}});
  ASSERT_TRUE(report) << report.error().message();
  EXPECT_EQ(report->suites[0].ecosystem, "ubuntu:22.04");
  EXPECT_EQ(report->suites[0].fetched, 1U);
  EXPECT_THAT(report->suites[0].problems, IsEmpty());
  const auto listed = run_process({"ar", "t", mirror() + "/pool/web-common.deb"});
  if (listed && listed->exit_status == 0) {
    EXPECT_THAT(listed->output, HasSubstr("data.tar.zst"));
  }

  CollectingSink sink;
  read_feed(sink);
  ASSERT_EQ(sink.about("web-server").size(), 2U);
  EXPECT_EQ(sink.about("web-server")[1].vulnerability, "CVE-2024-1111");
  EXPECT_EQ(sink.about("web-server")[1].ecosystem, "ubuntu:22.04");
  EXPECT_EQ(sink.date, "2026-11-20");
}

INSTANTIATE_TEST_SUITE_P(Compressions, UbuntuArchive,
                         testing::Values(std::pair("", ""), std::pair("xz", ".xz"), std::pair("gzip", ".gz"),
                                         std::pair("zstd", ".zst"), std::pair("bzip2", ".bz2")));

// Ubuntu cuts the changelogs that it ships to the latest entries.
TEST_F(DebianArchive, AChangelogThatDoesNotReachTheImagesVersionSaysSo) {
  add_package("web-common", "web-server", true);
  publish();
  const auto report = fetch({{"web-server", "1:1.0-1"}});
  ASSERT_TRUE(report) << report.error().message();
  ASSERT_EQ(report->suites[0].problems.size(), 1U);
  EXPECT_THAT(report->suites[0].problems[0].message(), HasSubstr("goes back to 1:2.0-1 only, the image has 1:1.0-1"));
}

TEST_F(DebianArchive, SaysWhatNewerPackagesFixFromTheChangelogInside) {
  add_package("web", "web-server", false);
  add_package("web-common", "web-server", true);
  publish();
  const auto report = fetch({{"web-server", "1:2.0-1+deb12u1"}, {"other", "1.0"}});
  ASSERT_TRUE(report) << report.error().message();
  ASSERT_EQ(report->suites.size(), 1U);
  EXPECT_EQ(report->suites[0].ecosystem, "debian:12");
  EXPECT_EQ(report->suites[0].fetched, 1U);
  EXPECT_FALSE(report->suites[0].verified);
  EXPECT_THAT(report->suites[0].problems, IsEmpty());

  CollectingSink sink;
  read_feed(sink);
  ASSERT_EQ(sink.claims.size(), 2U);
  EXPECT_EQ(sink.claims[1].vulnerability, "CVE-2024-1111");
  EXPECT_EQ(sink.claims[1].package, "web-server");
  EXPECT_EQ(sink.claims[1].by, PackageName::source);
  EXPECT_EQ(sink.claims[1].ranges[0].fixed, kNewest);
  EXPECT_THAT(sink.covered, ElementsAre("debian:12"));
  EXPECT_EQ(sink.date, "2026-11-20");
  ASSERT_FALSE(sink.notes.empty());
  EXPECT_THAT(sink.notes[0], HasSubstr("cannot know"));
}

TEST_F(DebianArchive, FetchesNothingForWhatIsUpToDateAndReusesWhatIsThere) {
  add_package("web-common", "web-server", true);
  publish();
  EXPECT_EQ(fetch({{"web-server", std::string(kNewest)}})->suites[0].newer, 0U);
  EXPECT_EQ(fetch({{"web-server", "1:2.0-1"}})->suites[0].fetched, 1U);
  const auto again = fetch({{"web-server", "1:2.0-1"}});
  EXPECT_EQ(again->suites[0].fetched, 0U);
  EXPECT_EQ(again->suites[0].reused, 1U);
}

TEST_F(DebianArchive, ANewerPackageWithoutReadableChangelogIsAProblemAndNotSilence) {
  add_package("web", "web-server", false);
  publish();
  const auto report = fetch({{"web-server", "1:2.0-1"}});
  ASSERT_TRUE(report);
  ASSERT_EQ(report->suites[0].problems.size(), 1U);
  CollectingSink sink;
  read_feed(sink);
  EXPECT_THAT(sink.claims, IsEmpty());
  ASSERT_EQ(sink.problems.size(), 1U);
  EXPECT_THAT(sink.problems[0], HasSubstr("web-server"));
}

TEST_F(DebianArchive, AChangedPackageIsRefused) {
  add_package("web-common", "web-server", true);
  publish();
  std::string bytes = *read_file(mirror() + "/pool/web-common.deb", 1U << 20);
  bytes[bytes.size() - 1] = static_cast<char>(bytes.back() + 1);
  ASSERT_TRUE(write_file_atomically(mirror() + "/pool/web-common.deb", bytes));
  const auto report = fetch({{"web-server", "1:2.0-1"}});
  ASSERT_EQ(report->suites[0].problems.size(), 1U);
  EXPECT_THAT(report->suites[0].problems[0].message(), HasSubstr("sha256"));
}

TEST_F(DebianArchive, AChangedIndexFailsTheSuite) {
  add_package("web-common", "web-server", true);
  publish();
  ASSERT_TRUE(write_file_atomically(mirror() + "/dists/bookworm-security/main/binary-amd64/Packages", "Package: x\n"));
  const auto report = fetch({{"web-server", "1:2.0-1"}});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::integrity);
}

TEST(ArchiveRelease, TextAroundTheSignedPartIsNotRead) {
  const auto text = clear_signed_text(
      "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nOrigin: Debian\n- -dash\n-----BEGIN PGP SIGNATURE-----\nx\n",
      "t");
  ASSERT_TRUE(text);
  EXPECT_EQ(*text, "Origin: Debian\n-dash\n");
  EXPECT_FALSE(clear_signed_text("Origin: Evil\n-----BEGIN PGP SIGNED MESSAGE-----\n\nx\n", "t"));
  EXPECT_FALSE(clear_signed_text("-----BEGIN PGP SIGNED MESSAGE-----\n\nOrigin: Debian\n", "t"));
}

TEST(ArchivePackages, OnlyTheNewestVersionOfASourceCounts) {
  constexpr std::string_view kIndex =
      "Package: b\nSource: s1\nVersion: 3\nFilename: b3\nSize: 9\nSHA256: "
      "0000000000000000000000000000000000000000000000000000000000000000\n\n"
      "Package: b\nSource: s1 (2)\nVersion: 2+b1\nFilename: b2\nSize: 9\nSHA256: "
      "0000000000000000000000000000000000000000000000000000000000000000\n";
  const SourcePackage installed[] = {{"s1", "1"}};
  const auto index = newer_sources(std::array{kIndex}, installed);
  ASSERT_EQ(index.newer.size(), 1U);
  EXPECT_EQ(index.newer[0].newest, "3");
  ASSERT_EQ(index.newer[0].binaries.size(), 1U);
  EXPECT_EQ(index.newer[0].binaries[0].filename, "b3");
}

TEST(DebPackage, TruncatedAndForeignBytesGiveAnError) {
  EXPECT_FALSE(packaged_changelog("", "p", "p.deb"));
  EXPECT_FALSE(packaged_changelog("!<arch>\n", "p", "p.deb"));
  EXPECT_FALSE(
      packaged_changelog("!<arch>\ndata.tar.xz     0           0     0     100644  99999999  `\nx", "p", "p.deb"));
}

TEST(PackageMirror, PathsThatLeaveTheMirrorAreRefused) {
  EXPECT_TRUE(is_safe_path("pool/main/n/nginx_1%3a2+x~1.deb"));
  for (const char* path : {"", "/etc/passwd", "../x", "a/../../x", "a//b", "a/.", "a\nb"})
    EXPECT_FALSE(is_safe_path(path)) << path;
}

}  // namespace
}  // namespace oakum::advisories
