// Chainguard security data: chainguard/security.json, in the secdb format; it lists packages by origin.
#include <array>

#include "advisories/feeds/secdb.h"
#include "advisories/feeds/table.h"

namespace oakum::advisories {

namespace {

bool accepts(std::string_view path) { return path == "chainguard/security.json"; }

Status read(const FeedFile& file, FeedSink& sink) { return read_secdb_file(file, "chainguard", sink); }

std::span<const Download> downloads() {
  static const std::array kDownloads = {
      Download{"https://packages.cgr.dev/chainguard/security.json", "chainguard/security.json"}};
  return kDownloads;
}

}  // namespace

const Feed kChainguardFeed = {.name = "chainguard",
                              .title = "Chainguard security database",
                              .licence = "© Chainguard, see https://www.chainguard.dev",
                              .accepts = accepts,
                              .read = read,
                              .downloads = downloads};

}  // namespace oakum::advisories
