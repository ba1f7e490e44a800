#include "packages/purl.h"
#include "reading_fixture.h"

namespace oakum::packages {
namespace {

using testing::ElementsAre;

Package package(std::string ecosystem, std::string name, std::string version, std::string arch = {}) {
  Package result;
  result.ecosystem = std::move(ecosystem);
  result.source = {name, version};
  result.name = std::move(name);
  result.version = std::move(version);
  result.arch = std::move(arch);
  return result;
}

Distribution distribution(std::string id, std::string version) {
  Distribution result;
  result.id = std::move(id);
  result.version_id = std::move(version);
  return result;
}

TEST(Purl, OfADebianPackageWithASourceOfItsOwn) {
  Package libc = package("deb", "libc6", "2.36-9+deb12u4", "amd64");
  libc.source = {"glibc", "2.36-9+deb12u4"};
  EXPECT_EQ(purl_of(libc, distribution("debian", "12")),
            "pkg:deb/debian/libc6@2.36-9%2Bdeb12u4?arch=amd64&distro=debian-12&upstream=glibc");
  libc.source.version = "2.36-9";
  EXPECT_EQ(purl_of(libc, distribution("debian", "12")),
            "pkg:deb/debian/libc6@2.36-9%2Bdeb12u4?arch=amd64&distro=debian-12&upstream=glibc%402.36-9");
}

TEST(Purl, KeepsTheEpochOfDebInTheVersionAndTheTildeAsItIs) {
  EXPECT_EQ(purl_of(package("deb", "libstdc++6", "1:2.0~rc1-1"), distribution("ubuntu", "22.04")),
            "pkg:deb/ubuntu/libstdc%2B%2B6@1:2.0~rc1-1?distro=ubuntu-22.04");
}

TEST(Purl, MovesTheEpochOfRpmToAQualifierAndKeepsCase) {
  Package rpm = package("rpm", "ImageMagick", "1:6.9.10-4.el9", "x86_64");
  rpm.epoch = "1";
  EXPECT_EQ(purl_of(rpm, distribution("rhel", "9.4")),
            "pkg:rpm/redhat/ImageMagick@6.9.10-4.el9?arch=x86_64&distro=rhel-9.4&epoch=1");
}

TEST(Purl, AnRpmSourceDiffersByNameOrByVersionWithoutEpoch) {
  Package rpm = package("rpm", "openssl-libs", "1:3.0.7-27.el9", "x86_64");
  rpm.epoch = "1";
  rpm.source = {"openssl", "3.0.7-27.el9"};
  EXPECT_EQ(purl_of(rpm, distribution("almalinux", "9.4")),
            "pkg:rpm/almalinux/openssl-libs@3.0.7-27.el9?arch=x86_64&distro=almalinux-9.4&epoch=1&upstream=openssl");
}

TEST(Purl, OfTheOtherTypes) {
  EXPECT_EQ(purl_of(package("apk", "musl", "1.2.5-r0", "x86_64"), distribution("alpine", "3.20.3")),
            "pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64&distro=alpine-3.20.3");
  EXPECT_EQ(purl_of(package("alpm", "zlib", "1:1.3.1-2", "x86_64"), distribution("arch", "")),
            "pkg:alpm/arch/zlib@1:1.3.1-2?arch=x86_64&distro=arch");
  EXPECT_EQ(purl_of(package("opkg", "busybox", "1.36.1-1"), distribution("openwrt", "23.05.3")),
            "pkg:opkg/openwrt/busybox@1.36.1-1?distro=openwrt-23.05.3");
  EXPECT_EQ(purl_of(package("rpm", "zlib", "1-1"), distribution("opensuse-leap", "15.6")),
            "pkg:rpm/opensuse/zlib@1-1?distro=opensuse-leap-15.6");
}

TEST(Purl, WithoutADistributionHasNoNamespace) {
  EXPECT_EQ(purl_of(package("deb", "a", "1"), std::nullopt), "pkg:deb/a@1");
}

TEST(Purl, NothingInANameCanBreakOutOfIt) {
  EXPECT_EQ(purl_of(package("deb", "a/b?c#d@e%f&g=h", "1?x"), std::nullopt),
            "pkg:deb/a%2Fb%3Fc%23d%40e%25f%26g%3Dh@1%3Fx");
}

TEST(Assemble, SortsWhateverTheOrderOfTheFindings) {
  const File a{"var/lib/dpkg/status.d/b", "Package: b\nVersion: 1\n"};
  const File b{"var/lib/dpkg/status.d/a", "Package: a\nVersion: 2\n"};
  EXPECT_THAT(names(assemble_files({a, b}).packages), ElementsAre("a", "b"));
  EXPECT_EQ(assemble_files({a, b}).packages, assemble_files({b, a}).packages);
}

TEST(Assemble, OnePackageInTwoDatabasesIsOne) {
  const Assembled assembled =
      assemble_files({{"var/lib/dpkg/status", "Package: a\nVersion: 1\nArchitecture: all\n"},
                      {"var/lib/dpkg/status.d/a", "Package: a\nVersion: 1\nArchitecture: all\n"},
                      {"var/lib/dpkg/status.d/b", "Package: a\nVersion: 2\nArchitecture: all\n"}});
  ASSERT_EQ(assembled.packages.size(), 2U);
  EXPECT_EQ(assembled.packages[0].path, "var/lib/dpkg/status");
  EXPECT_EQ(assembled.packages[1].version, "2");
}

TEST(Assemble, KeepsLayersAndCollectsErrors) {
  std::vector<Finding> findings = {read("var/lib/dpkg/status", "Package: a\nVersion: 1\n\nVersion: 2\n"),
                                   read("etc/os-release", "ID=debian\nVERSION_ID=12\n")};
  findings[0].packages[0].layer = "sha256:1";
  const Assembled assembled = assemble(std::move(findings));
  ASSERT_EQ(assembled.packages.size(), 1U);
  EXPECT_EQ(assembled.packages[0].layer, "sha256:1");
  EXPECT_EQ(assembled.packages[0].purl, "pkg:deb/debian/a@1?distro=debian-12");
  EXPECT_EQ(assembled.errors.size(), 1U);
  EXPECT_EQ(assembled.ecosystem, "debian:12");
}

}  // namespace
}  // namespace oakum::packages
