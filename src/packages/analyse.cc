#include <exception>

#include "base/text.h"
#include "packages/analyser.h"
#include "packages/reading.h"
#include "packages/rpm.h"

namespace oakum::packages {

namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;

struct FormatRow {
  Format format;
  std::string_view name;
  std::uint64_t size_limit;
};
// Several times what the largest images have; readers hold a file's bytes in memory.
constexpr FormatRow kFormats[] = {
    {Format::none, "none", 0},
    {Format::os_release, "os-release", kMiB},
    {Format::dpkg_status, "dpkg-status", 64 * kMiB},
    {Format::dpkg_status_d, "dpkg-status-d", 4 * kMiB},
    {Format::dpkg_files, "dpkg-files", 32 * kMiB},
    {Format::chisel_manifest, "chisel-manifest", 32 * kMiB},
    {Format::apk_installed, "apk-installed", 64 * kMiB},
    {Format::apk_repositories, "apk-repositories", kMiB},
    {Format::rpm_sqlite, "rpm-sqlite", 512 * kMiB},
    {Format::rpm_ndb, "rpm-ndb", 512 * kMiB},
    {Format::rpm_bdb, "rpm-bdb", 512 * kMiB},
    {Format::rpm_wal, "rpm-wal", 512 * kMiB},
    {Format::rpm_manifest, "rpm-manifest", 32 * kMiB},
    {Format::pacman_desc, "pacman-desc", 4 * kMiB},
    {Format::pacman_files, "pacman-files", 64 * kMiB},
    {Format::opkg_status, "opkg-status", 64 * kMiB},
    {Format::opkg_files, "opkg-files", 32 * kMiB},
    {Format::ubuntu_pro, "ubuntu-pro", kMiB},
    {Format::redhat_content, "redhat-content", 32 * kMiB},
};

const FormatRow& row_of(Format format) { return kFormats[static_cast<std::size_t>(format)]; }

constexpr bool rows_are_in_order() {
  for (std::size_t i = 0; i < std::size(kFormats); ++i) {
    if (static_cast<std::size_t>(kFormats[i].format) != i) return false;
  }
  return true;
}
static_assert(rows_are_in_order(), "row_of() indexes the table by the enumerator");

void dispatch(const FileInfo& file, std::string_view bytes, Finding& finding) {
  switch (finding.format) {
    case Format::none:
      return;
    case Format::os_release:
      return read_os_release(bytes, finding);
    case Format::dpkg_status:
    case Format::dpkg_status_d:
      return read_dpkg_status(bytes, finding);
    case Format::dpkg_files:
      return read_dpkg_files(bytes, finding);
    case Format::chisel_manifest:
      return read_chisel_manifest(bytes, finding);
    case Format::apk_installed:
      return read_apk_installed(bytes, finding);
    case Format::apk_repositories:
      return read_apk_repositories(bytes, finding);
    case Format::rpm_sqlite:
    case Format::rpm_ndb:
    case Format::rpm_bdb:
    case Format::rpm_wal:
    case Format::rpm_manifest:
      finding = analyse_rpm(finding.format, file, bytes);
      return;
    case Format::pacman_desc:
      return read_pacman_desc(bytes, finding);
    case Format::pacman_files:
      return read_pacman_files(bytes, finding);
    case Format::opkg_status:
      return read_opkg_status(bytes, finding);
    case Format::opkg_files:
      return read_opkg_files(bytes, finding);
    case Format::ubuntu_pro:
      return read_ubuntu_pro(bytes, finding);
    case Format::redhat_content:
      return read_redhat_content(bytes, finding);
  }
}

}  // namespace

std::string_view to_string(Format format) { return row_of(format).name; }

std::uint64_t size_limit(Format format) { return row_of(format).size_limit; }

Finding analyse(Format format, const FileInfo& file, std::string_view bytes) {
  Finding finding;
  finding.path = file.path;
  finding.format = format;
  if (bytes.size() > size_limit(format)) {
    note(finding, ErrorCode::limit, "larger than the " + human_bytes(size_limit(format)) + " that are read of it");
    return finding;
  }
  // Out of memory, or a library's exception: the readers throw none of their own.
  try {
    dispatch(file, bytes, finding);
  } catch (const std::exception& exception) {
    note(finding, ErrorCode::internal, std::string("could not be read: ") + exception.what());
  }
  return finding;
}

}  // namespace oakum::packages
