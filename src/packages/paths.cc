#include "packages/paths.h"

namespace oakum::packages {

namespace {

constexpr PathPattern exact(std::string_view path, Format format) { return {path, {}, format, false}; }
constexpr PathPattern wild(std::string_view before, std::string_view after, Format format) {
  return {before, after, format, true};
}

constexpr PathPattern kEtc[] = {
    exact("os-release", Format::os_release),         exact("lsb-release", Format::os_release),
    exact("debian_version", Format::os_release),     exact("alpine-release", Format::os_release),
    exact("redhat-release", Format::os_release),     exact("centos-release", Format::os_release),
    exact("almalinux-release", Format::os_release),  exact("rocky-release", Format::os_release),
    exact("oracle-release", Format::os_release),     exact("fedora-release", Format::os_release),
    exact("system-release", Format::os_release),     exact("SuSE-release", Format::os_release),
    exact("arch-release", Format::os_release),       exact("photon-release", Format::os_release),
    exact("mariner-release", Format::os_release),    exact("azurelinux-release", Format::os_release),
    exact("openwrt_release", Format::os_release),    exact("amazon-linux-release", Format::os_release),
    exact("enterprise-release", Format::os_release), exact("apk/repositories", Format::apk_repositories),
};

constexpr PathPattern kLib[] = {exact("apk/db/installed", Format::apk_installed)};

constexpr PathPattern kBuildinfo[] = {
    wild("content_manifests/", ".json", Format::redhat_content),
    wild("Dockerfile-", "", Format::redhat_content),
};

constexpr PathPattern kUsrLib[] = {
    exact("os-release", Format::os_release),
    exact("apk/db/installed", Format::apk_installed),
    exact("sysimage/rpm/rpmdb.sqlite", Format::rpm_sqlite),
    exact("sysimage/rpm/rpmdb.sqlite-wal", Format::rpm_wal),
    exact("sysimage/rpm/Packages.db", Format::rpm_ndb),
    exact("sysimage/rpm/Packages", Format::rpm_bdb),
    exact("opkg/status", Format::opkg_status),
    wild("opkg/info/", ".control", Format::opkg_status),
    wild("opkg/info/", ".list", Format::opkg_files),
};

constexpr PathPattern kUsrShare[] = {
    exact("rpm/rpmdb.sqlite", Format::rpm_sqlite),
    exact("rpm/rpmdb.sqlite-wal", Format::rpm_wal),
    exact("rpm/Packages.db", Format::rpm_ndb),
    exact("rpm/Packages", Format::rpm_bdb),
    wild("buildinfo/", ".json", Format::redhat_content),
    wild("buildinfo/content_manifests/", ".json", Format::redhat_content),
    wild("buildinfo/Dockerfile-", "", Format::redhat_content),
};

// A ".md5sums" beside a distroless package must be asked for before the package itself.
constexpr PathPattern kVarLib[] = {
    exact("dpkg/status", Format::dpkg_status),
    wild("dpkg/info/", ".list", Format::dpkg_files),
    wild("dpkg/info/", ".md5sums", Format::dpkg_files),
    wild("dpkg/status.d/", ".md5sums", Format::dpkg_files),
    wild("dpkg/status.d/", "", Format::dpkg_status_d),
    wild("pacman/local/", "/desc", Format::pacman_desc),
    wild("pacman/local/", "/files", Format::pacman_files),
    exact("rpm/rpmdb.sqlite", Format::rpm_sqlite),
    exact("rpm/rpmdb.sqlite-wal", Format::rpm_wal),
    exact("rpm/Packages.db", Format::rpm_ndb),
    exact("rpm/Packages", Format::rpm_bdb),
    exact("rpmmanifest/container-manifest-2", Format::rpm_manifest),
    exact("chisel/manifest.wall", Format::chisel_manifest),
    exact("opkg/status", Format::opkg_status),
    wild("opkg/info/", ".control", Format::opkg_status),
    wild("opkg/info/", ".list", Format::opkg_files),
    exact("ubuntu-advantage/status.json", Format::ubuntu_pro),
};

constexpr PathGroup kGroups[] = {
    {"etc/", kEtc},
    {"lib/", kLib},
    {"root/buildinfo/", kBuildinfo},
    {"usr/lib/", kUsrLib},
    {"usr/share/", kUsrShare},
    {"var/lib/", kVarLib},
};

bool matches(const PathPattern& pattern, std::string_view rest) {
  if (rest.size() < pattern.before.size() || rest.front() != pattern.before.front()) return false;
  if (!pattern.wild) return rest == pattern.before;
  if (!rest.starts_with(pattern.before)) return false;
  rest.remove_prefix(pattern.before.size());
  if (rest.size() <= pattern.after.size() || !rest.ends_with(pattern.after)) return false;
  return rest.substr(0, rest.size() - pattern.after.size()).find('/') == std::string_view::npos;
}

Format find(std::span<const PathPattern> patterns, std::string_view rest) {
  for (const PathPattern& pattern : patterns) {
    if (matches(pattern, rest)) return pattern.format;
  }
  return Format::none;
}

}  // namespace

std::span<const PathGroup> path_groups() { return kGroups; }

Format wants(const FileInfo& file) {
  for (const PathGroup& group : kGroups) {
    if (file.path.size() <= group.root.size() || file.path.front() != group.root.front()) continue;
    if (file.path.starts_with(group.root)) return find(group.patterns, file.path.substr(group.root.size()));
  }
  return Format::none;
}

}  // namespace oakum::packages
