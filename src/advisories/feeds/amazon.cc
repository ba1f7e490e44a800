// Amazon Linux: updateinfo.xml of the core repository and of the extras' (one per topic, Amazon Linux 2).
#include <string>

#include "advisories/feeds/table.h"
#include "advisories/feeds/updateinfo.h"
#include "advisories/repomd.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

// "amazon/2023/core/x86_64/updateinfo.xml.gz", "amazon/2/extras/php8.1/x86_64/updateinfo.xml.gz"
bool accepts(std::string_view path) { return path.starts_with("amazon/") && is_updateinfo(path); }

// A topic has its own versions of packages that core has too, so its notices are for those who enabled it.
std::string channel_of(std::string_view path) {
  next_field(path, '/');
  next_field(path, '/');
  return next_field(path, '/') == "extras" ? "extras:" + std::string(next_field(path, '/')) : std::string();
}

Status read(const FeedFile& file, FeedSink& sink) {
  return read_updates_of(file, "amazon", channel_of(file.path), sink);
}

// The extras of Amazon Linux 2, one repository per topic, are read where a mirror has them.
std::span<const DownloadIndex> indexes() {
  static const DownloadIndex all[] = {
      yum_mirror_list("https://cdn.amazonlinux.com/2/core/latest/x86_64/mirror.list", "amazon/2/core/x86_64"),
      yum_mirror_list("https://cdn.amazonlinux.com/2/core/latest/aarch64/mirror.list", "amazon/2/core/aarch64"),
      yum_mirror_list("https://cdn.amazonlinux.com/al2023/core/mirrors/latest/x86_64/mirror.list",
                      "amazon/2023/core/x86_64"),
      yum_mirror_list("https://cdn.amazonlinux.com/al2023/core/mirrors/latest/aarch64/mirror.list",
                      "amazon/2023/core/aarch64"),
  };
  return all;
}

}  // namespace

const Feed kAmazonFeed = {
    .name = "amazon",
    .title = "Amazon Linux updateinfo",
    .licence = "as Amazon's terms of its repositories say",
    .accepts = accepts,
    .read = read,
    .downloads = no_downloads,
    .indexes = indexes,
};

}  // namespace oakum::advisories
