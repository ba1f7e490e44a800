#include "packages/paths.h"

#include "reading_fixture.h"

namespace oakum::packages {
namespace {

Format wanted(std::string_view path) { return wants(FileInfo{path, 0}); }

TEST(Wants, KnowsEveryPlaceOfADatabase) {
  const std::pair<std::string_view, Format> kPlaces[] = {
      {"var/lib/dpkg/status", Format::dpkg_status},
      {"var/lib/dpkg/status.d/libc6", Format::dpkg_status_d},
      {"var/lib/dpkg/status.d/bGliYzY=", Format::dpkg_status_d},
      {"var/lib/dpkg/status.d/libc6.md5sums", Format::dpkg_files},
      {"var/lib/dpkg/info/libc6:amd64.list", Format::dpkg_files},
      {"var/lib/dpkg/info/bash.md5sums", Format::dpkg_files},
      {"var/lib/chisel/manifest.wall", Format::chisel_manifest},
      {"lib/apk/db/installed", Format::apk_installed},
      {"usr/lib/apk/db/installed", Format::apk_installed},
      {"etc/apk/repositories", Format::apk_repositories},
      {"var/lib/pacman/local/zlib-1:1.3.1-2/desc", Format::pacman_desc},
      {"var/lib/pacman/local/zlib-1:1.3.1-2/files", Format::pacman_files},
      {"usr/lib/opkg/status", Format::opkg_status},
      {"var/lib/opkg/status", Format::opkg_status},
      {"usr/lib/opkg/info/busybox.control", Format::opkg_status},
      {"usr/lib/opkg/info/busybox.list", Format::opkg_files},
      {"var/lib/rpm/Packages", Format::rpm_bdb},
      {"var/lib/rpm/rpmdb.sqlite", Format::rpm_sqlite},
      {"var/lib/rpm/rpmdb.sqlite-wal", Format::rpm_wal},
      {"usr/lib/sysimage/rpm/rpmdb.sqlite-wal", Format::rpm_wal},
      {"usr/lib/sysimage/rpm/Packages.db", Format::rpm_ndb},
      {"usr/share/rpm/rpmdb.sqlite", Format::rpm_sqlite},
      {"var/lib/rpmmanifest/container-manifest-2", Format::rpm_manifest},
      {"etc/os-release", Format::os_release},
      {"usr/lib/os-release", Format::os_release},
      {"etc/SuSE-release", Format::os_release},
      {"etc/openwrt_release", Format::os_release},
      {"var/lib/ubuntu-advantage/status.json", Format::ubuntu_pro},
      {"root/buildinfo/content_manifests/ubi9-container-9.4-1214.json", Format::redhat_content},
      {"root/buildinfo/Dockerfile-ubi9-9.4-1214", Format::redhat_content},
      {"usr/share/buildinfo/content-sets.json", Format::redhat_content},
  };
  for (const auto& [path, format] : kPlaces) EXPECT_EQ(wanted(path), format) << path;
}

TEST(Wants, LeavesNearMissesAlone) {
  for (const std::string_view path : {"",
                                      "v",
                                      "etc/",
                                      "var/lib/dpkg/status-old",
                                      "var/lib/dpkg/status/x",
                                      "var/lib/dpkg/status.d/",
                                      "var/lib/dpkg/status.d/a/b",
                                      "var/lib/dpkg/info/.list",
                                      "var/lib/dpkg/info/bash.postinst",
                                      "var/lib/dpkg/info/x/bash.list",
                                      "opt/var/lib/dpkg/status",
                                      "var/lib/pacman/local/desc",
                                      "var/lib/pacman/local/a/b/desc",
                                      "var/lib/rpm/Name",
                                      "var/lib/rpm/Packages.old",
                                      "etc/os-release.bak",
                                      "etc/apk/repositories.d/x",
                                      "usr/share/buildinfo/a.txt",
                                      "usr/lib/os-releases",
                                      "root/buildinfo/Dockerfile-"}) {
    EXPECT_EQ(wanted(path), Format::none) << path;
  }
}

TEST(Wants, EveryFormatHasANameAndALimit) {
  for (const PathGroup& group : path_groups()) {
    for (const PathPattern& pattern : group.patterns) {
      EXPECT_GT(size_limit(pattern.format), 0U);
      EXPECT_NE(to_string(pattern.format), "none");
    }
  }
  EXPECT_EQ(size_limit(Format::none), 0U);
}

TEST(Analyse, RefusesMoreBytesThanTheLimit) {
  const std::string big(size_limit(Format::os_release) + 1, '\n');
  const Finding finding = read("etc/os-release", big);
  ASSERT_EQ(finding.errors.size(), 1U);
  EXPECT_EQ(finding.errors[0].code, ErrorCode::limit);
  EXPECT_EQ(finding.errors[0].what, "etc/os-release");
}

}  // namespace
}  // namespace oakum::packages
