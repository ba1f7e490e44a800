// Amazon Linux: updateinfo.xml of the core repository and of the extras' (one per topic, Amazon Linux 2).
#include <string>

#include "advisories/feeds/table.h"
#include "advisories/feeds/updateinfo.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

// "amazon/2023/core/x86_64/updateinfo.xml.gz", "amazon/2/extras/php8.1/x86_64/updateinfo.xml.gz"
bool accepts(std::string_view path) { return path.starts_with("amazon/") && is_updateinfo(path); }

Status read(const FeedFile& file, FeedSink& sink) {
  std::string_view path = file.path;
  next_field(path, '/');
  const std::string_view release = next_field(path, '/');
  if (path.empty()) return fail(ErrorCode::invalid, file.path, "does not say its release in its path");
  UpdateScope scope{"amazon:" + std::string(release), "amazon", {}};
  // A topic has its own versions of packages that core has too, so its notices are for those who enabled it.
  if (next_field(path, '/') == "extras") scope.channel = "extras:" + std::string(next_field(path, '/'));
  return read_updates(file, scope, sink);
}

// Their names change with their content: repomd.xml gives them (../updateinfo_mirror.h).
std::span<const Download> downloads() { return {}; }

}  // namespace

const Feed kAmazonFeed = {
    .name = "amazon",
    .title = "Amazon Linux updateinfo",
    .licence = "as Amazon's terms of its repositories say",
    .accepts = accepts,
    .read = read,
    .downloads = downloads,
};

}  // namespace oakum::advisories
