// Fedora: updateinfo.xml of the updates repository, written by Bodhi.
#include <string>

#include "advisories/feeds/table.h"
#include "advisories/feeds/updateinfo.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

// "fedora/42/updates/x86_64/updateinfo.xml.zst"
bool accepts(std::string_view path) { return path.starts_with("fedora/") && is_updateinfo(path); }

Status read(const FeedFile& file, FeedSink& sink) {
  std::string_view path = file.path;
  next_field(path, '/');
  const std::string_view release = next_field(path, '/');
  if (path.empty()) return fail(ErrorCode::invalid, file.path, "does not say its release in its path");
  return read_updates(file, {"fedora:" + std::string(release), "fedora", {}}, sink);
}

// Their names change with their content: repomd.xml gives them (../updateinfo_mirror.h).
std::span<const Download> downloads() { return {}; }

}  // namespace

const Feed kFedoraFeed = {
    .name = "fedora",
    .title = "Fedora updateinfo",
    .licence = "MIT, Fedora Project",
    .accepts = accepts,
    .read = read,
    .downloads = downloads,
};

}  // namespace oakum::advisories
