// Rocky Linux: updateinfo.xml of each repository, https://download.rockylinux.org/pub/rocky/.
#include <string>
#include <vector>

#include "advisories/feeds/table.h"
#include "advisories/feeds/updateinfo.h"
#include "advisories/repomd.h"

namespace oakum::advisories {

namespace {

// "rocky/9/BaseOS/x86_64/updateinfo.xml.gz"
bool accepts(std::string_view path) { return path.starts_with("rocky/") && is_updateinfo(path); }

Status read(const FeedFile& file, FeedSink& sink) { return read_updates_of(file, "rocky", {}, sink); }

std::span<const DownloadIndex> indexes() {
  static const std::vector<DownloadIndex> all = [] {
    std::vector<DownloadIndex> list;
    for (const std::string release : {"8", "9", "10"}) {
      for (const std::string repository : {"BaseOS", "AppStream", "extras"}) {
        for (const std::string arch : {"x86_64", "aarch64"}) {
          const std::string path = release + "/" + repository + "/" + arch;
          list.push_back(yum_repository("https://download.rockylinux.org/pub/rocky/" + path + "/os", "rocky/" + path));
        }
      }
    }
    return list;
  }();
  return all;
}

}  // namespace

const Feed kRockyFeed = {
    .name = "rocky",
    .title = "Rocky Linux updateinfo",
    .licence = "BSD 3-Clause, RESF",
    .accepts = accepts,
    .read = read,
    .downloads = no_downloads,
    .indexes = indexes,
};

}  // namespace oakum::advisories
