#include "packages/lookup.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "reading_fixture.h"

namespace oakum::packages {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Lookup : public testing::Test {
 protected:
  void SetUp() override {
    auto directory = TemporaryDirectory::create("oakum-lookup");
    ASSERT_TRUE(directory);
    directory_.emplace(std::move(*directory));
    root_ = directory_->path() + "/root";
    ASSERT_TRUE(make_directories(root_));
  }

  void write(const std::string& path, std::string_view bytes) {
    const std::string full = root_ + "/" + path;
    ASSERT_TRUE(make_directories(full.substr(0, full.rfind('/'))));
    ASSERT_TRUE(write_file_atomically(full, bytes));
  }

  void link(const std::string& target, const std::string& path) {
    const std::string full = root_ + "/" + path;
    ASSERT_TRUE(make_directories(full.substr(0, full.rfind('/'))));
    ASSERT_EQ(symlink(target.c_str(), full.c_str()), 0);
  }

  Assembled look_up() {
    auto findings = look_up_root(root_);
    EXPECT_TRUE(findings) << findings.error().message();
    return findings ? assemble(std::move(*findings)) : Assembled{};
  }

  std::optional<TemporaryDirectory> directory_;
  std::string root_;
};

TEST_F(Lookup, FindsDatabasesAtTheirPlaces) {
  write("etc/os-release", "ID=debian\nVERSION_ID=12\n");
  write("var/lib/dpkg/status", "Package: a\nVersion: 1\n\nPackage: b\nVersion: 2\nArchitecture: amd64\n");
  write("var/lib/dpkg/info/b:amd64.list", "/bin/b\n");
  write("var/lib/dpkg/status.d/c", "Package: c\nVersion: 3\n");
  write("var/lib/pacman/local/d-1-1/desc", "%NAME%\nd\n\n%VERSION%\n1-1\n");
  const Assembled assembled = look_up();
  EXPECT_THAT(names(assembled.packages), ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(assembled.packages[1].files, ElementsAre("/bin/b"));
  EXPECT_EQ(assembled.ecosystem, "debian:12");
  EXPECT_THAT(assembled.errors, IsEmpty());
}

TEST_F(Lookup, LinksLeadNowhereOutsideTheRoot) {
  const std::string outside = directory_->path() + "/secret";
  ASSERT_TRUE(write_file_atomically(outside, "Package: secret\nVersion: 1\n"));
  link(outside, "var/lib/dpkg/status");
  link("../../../../../../../../../.." + outside, "var/lib/dpkg/status.d/x");
  link("/", "var/lib/dpkg/info");
  const Assembled assembled = look_up();
  EXPECT_THAT(assembled.packages, IsEmpty());
}

TEST_F(Lookup, AbsoluteLinksMeanTheRootAndAFileIsReadOnce) {
  write("usr/lib/os-release", "ID=alpine\nVERSION_ID=3.20.1\n");
  link("/usr/lib/os-release", "etc/os-release");
  write("usr/lib/apk/db/installed", "P:a\nV:1-r0\n");
  link("usr/lib", "lib");
  const Assembled assembled = look_up();
  EXPECT_EQ(assembled.ecosystem, "alpine:3.20");
  EXPECT_THAT(names(assembled.packages), ElementsAre("a"));
  auto findings = look_up_root(root_);
  ASSERT_TRUE(findings);
  EXPECT_EQ(findings->size(), 2U);
}

TEST_F(Lookup, WhatIsNoRegularFileIsAnErrorAndDoesNotHang) {
  ASSERT_TRUE(make_directories(root_ + "/var/lib/dpkg"));
  ASSERT_EQ(mkfifo((root_ + "/var/lib/dpkg/status").c_str(), 0600), 0);
  link("status", "var/lib/opkg/status");
  EXPECT_THAT(messages(look_up().errors),
              ElementsAre("var/lib/dpkg/status: not a regular file", HasSubstr("var/lib/opkg/status: cannot open")));
}

TEST_F(Lookup, AnEmptyRootHasNoPackagesAndNoErrors) {
  const Assembled assembled = look_up();
  EXPECT_THAT(assembled.packages, IsEmpty());
  EXPECT_THAT(assembled.errors, IsEmpty());
}

TEST_F(Lookup, ARootThatIsNotThereIsAnError) { EXPECT_FALSE(look_up_root(root_ + "/none")); }

TEST_F(Lookup, OneFileIsKnownByItsPlaceItsNameOrItsBytes) {
  write("var/lib/dpkg/status", "Package: a\nVersion: 1\n");
  write("copy.txt", "Package: b\nVersion: 1\n");
  write("os-release", "ID=debian\n");
  write("db", "C:Q1x=\nP:musl\nV:1-r0\n");
  write("other", "nothing\n");
  const auto format = [&](const std::string& path) {
    const auto finding = look_up_file(root_ + "/" + path);
    return finding ? finding->format : Format::none;
  };
  EXPECT_EQ(format("var/lib/dpkg/status"), Format::dpkg_status);
  EXPECT_EQ(format("copy.txt"), Format::dpkg_status);
  EXPECT_EQ(format("os-release"), Format::os_release);
  EXPECT_EQ(format("db"), Format::apk_installed);
  EXPECT_EQ(format("other"), Format::none);
  EXPECT_EQ(format("missing"), Format::none);
}

TEST(Sniff, TellsOpkgFromDpkg) {
  EXPECT_EQ(sniff("Package: a\nVersion: 1\nStatus: install user installed\nInstalled-Time: 1\n"), Format::opkg_status);
  EXPECT_EQ(sniff("Package: a\nVersion: 1\n"), Format::dpkg_status);
  EXPECT_EQ(sniff(""), Format::none);
}

}  // namespace
}  // namespace oakum::packages
