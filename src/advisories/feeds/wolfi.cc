// Wolfi security data: wolfi/os/security.json, in the secdb format; it lists packages by origin.
#include <array>

#include "advisories/feeds/secdb.h"
#include "advisories/feeds/table.h"

namespace oakum::advisories {

namespace {

bool accepts(std::string_view path) { return path == "wolfi/os/security.json"; }

Status read(const FeedFile& file, FeedSink& sink) { return read_secdb_file(file, "wolfi", sink); }

std::span<const Download> downloads() {
  static const std::array kDownloads = {
      Download{"https://packages.wolfi.dev/os/security.json", "wolfi/os/security.json"}};
  return kDownloads;
}

}  // namespace

const Feed kWolfiFeed = {.name = "wolfi",
                         .title = "Wolfi security database",
                         .licence = "© Chainguard, see https://wolfi.dev",
                         .accepts = accepts,
                         .read = read,
                         .downloads = downloads};

}  // namespace oakum::advisories
