// Rocky Linux: updateinfo.xml of each repository, https://download.rockylinux.org/pub/rocky/.
#include <string>

#include "advisories/feeds/table.h"
#include "advisories/feeds/updateinfo.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

// "rocky/9/BaseOS/x86_64/updateinfo.xml.gz"
bool accepts(std::string_view path) { return path.starts_with("rocky/") && is_updateinfo(path); }

Status read(const FeedFile& file, FeedSink& sink) {
  std::string_view path = file.path;
  next_field(path, '/');
  const std::string_view release = next_field(path, '/');
  if (path.empty()) return fail(ErrorCode::invalid, file.path, "does not say its release in its path");
  return read_updates(file, {"rocky:" + std::string(release), "rocky", {}}, sink);
}

// Their names change with their content: repomd.xml gives them (../updateinfo_mirror.h).
std::span<const Download> downloads() { return {}; }

}  // namespace

const Feed kRockyFeed = {
    .name = "rocky",
    .title = "Rocky Linux updateinfo",
    .licence = "BSD 3-Clause, RESF",
    .accepts = accepts,
    .read = read,
    .downloads = downloads,
};

}  // namespace oakum::advisories
