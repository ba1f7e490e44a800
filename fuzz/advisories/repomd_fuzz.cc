// The files that name other files: repomd.xml, mirror.list, and the indexes of the feeds that have one.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "advisories/feeds/table.h"
#include "advisories/package_mirror.h"
#include "advisories/repomd.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum::advisories;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const DownloadIndex indexes[] = {yum_repository("https://x", "rocky/9/a"),
                                   yum_mirror_list("https://x/mirror.list", "amazon/2/a"), kRedHatFeed.indexes()[0],
                                   kPhotonFeed.indexes()[0], kFedoraFeed.indexes()[0]};
  for (const DownloadIndex& index : indexes) {
    const auto content = index.read(bytes, index);
    if (!content) continue;
    for (const Download& file : content->files) {
      if (!is_safe_path(file.path) || !file.url.starts_with("https://")) std::abort();
    }
    for (const DownloadIndex& more : content->indexes) {
      if (!is_safe_path(more.path) || !more.url.starts_with("https://")) std::abort();
    }
  }
  return 0;
}
