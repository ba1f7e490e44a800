#include "advisories/updateinfo_mirror.h"

#include <cstdint>
#include <string_view>

#include "advisories/package_mirror.h"
#include "advisories/repomd.h"
#include "base/fd.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

constexpr std::uint64_t kMaxRepomd = 4U << 20;
constexpr std::uint64_t kMaxList = 1U << 20;
constexpr std::uint64_t kMaxUpdateinfo = 256U << 20;

Result<PackageMirror> open_mirror(std::string_view address) {
  constexpr std::string_view kList = "/mirror.list";
  if (!address.ends_with(kList)) return PackageMirror::open(address);
  OAKUM_TRY(const PackageMirror directory, PackageMirror::open(address.substr(0, address.size() - kList.size())));
  OAKUM_TRY(const std::string list, directory.get(kList.substr(1), kMaxList));
  OAKUM_TRY(const std::string base, first_mirror(list, address));
  return PackageMirror::open(base);
}

}  // namespace

Result<std::string> fetch_updateinfo(const UpdateinfoRequest& request) {
  if (!is_safe_path(request.path)) return fail(ErrorCode::usage, printable(request.path), "is not a relative path");
  OAKUM_TRY(const PackageMirror mirror, open_mirror(request.mirror));
  OAKUM_TRY(const std::string repomd, mirror.get("repodata/repomd.xml", kMaxRepomd));
  OAKUM_TRY(const RepositoryFile location, updateinfo_in(repomd, mirror.base() + "/repodata/repomd.xml"));
  const std::string path = request.path + "/" + kept_name(location.path);
  const std::string disk = request.output + "/" + path;
  const auto kept = read_file(disk, kMaxUpdateinfo);
  if (kept && verify_digest(*kept, location.digest, disk)) return path;
  OAKUM_TRY(const std::string bytes, mirror.get(location.path, kMaxUpdateinfo));
  OAKUM_CHECK(verify_digest(bytes, location.digest, mirror.base() + "/" + location.path));
  OAKUM_CHECK(make_directories(request.output + "/" + request.path));
  OAKUM_CHECK(write_file_atomically(disk, bytes));
  return path;
}

}  // namespace oakum::advisories
