#include "advisories/deb_package.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "advisories/feeds/archive.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

constexpr std::string_view kMagic = "!<arch>\n";
constexpr std::size_t kHeader = 60;
constexpr std::size_t kMaxMembers = 64;
constexpr std::uint64_t kMaxChangelog = 16U << 20;  // compressed; the kernel's is the biggest, at about 1 MB

// The documentation of unpacked packages is small; what counts against the limit is what is skipped.
constexpr ArchiveLimits kDataLimits = {.member_bytes = kMaxChangelog, .total_bytes = 4ULL << 30, .members = 500'000};

std::string_view without_dot_slash(std::string_view path) {
  if (path.starts_with("./")) path.remove_prefix(2);
  return path;
}

}  // namespace

Result<std::string_view> ar_member(std::string_view archive, std::string_view prefix, std::string_view name) {
  if (!archive.starts_with(kMagic)) return fail(ErrorCode::invalid, std::string(name), "is not an ar archive");
  archive.remove_prefix(kMagic.size());
  for (std::size_t count = 0; count < kMaxMembers && archive.size() >= kHeader; ++count) {
    const std::string_view header = archive.substr(0, kHeader);
    archive.remove_prefix(kHeader);
    const auto size = parse_number<std::uint64_t>(trim(header.substr(48, 10)));
    if (!size || header.substr(58) != "`\n" || *size > archive.size()) {
      return fail(ErrorCode::invalid, std::string(name), "its ar member " + std::to_string(count + 1) + " is damaged");
    }
    if (header.starts_with(prefix)) return archive.substr(0, *size);
    archive.remove_prefix(std::min<std::uint64_t>(*size + (*size & 1U), archive.size()));
  }
  return fail(ErrorCode::invalid, std::string(name), "has no member " + std::string(prefix));
}

Result<std::string> packaged_changelog(std::string_view deb, std::string_view package, std::string_view name) {
  OAKUM_TRY(const std::string_view data, ar_member(deb, "data.tar", name));
  const std::string documents = "usr/share/doc/" + std::string(package) + "/";
  std::optional<std::string> debian;
  std::optional<std::string> native;
  const auto wanted = [&](std::string_view path) {
    path = without_dot_slash(path);
    return path == documents + "changelog.Debian.gz" || path == documents + "changelog.gz";
  };
  const auto take = [&](const ArchiveMember& member) -> Status {
    (member.name.ends_with("changelog.Debian.gz") ? debian : native) = std::string(member.bytes);
    return {};
  };
  const Status read = read_archive_bytes(data, name, wanted, take, kDataLimits);
  if (debian) return std::move(*debian);
  if (native) return std::move(*native);
  if (!read) return std::unexpected(read.error());
  return fail(ErrorCode::not_found, std::string(name), "carries no changelog of its own");
}

}  // namespace oakum::advisories
