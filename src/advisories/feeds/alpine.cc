// Alpine secdb: alpine/<release>/<repository>.json of https://secdb.alpinelinux.org.
#include <array>

#include "advisories/feeds/secdb.h"
#include "advisories/feeds/table.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

// "v3.20" → "3.20", "edge" → "edge"; empty for anything else.
std::string_view release_of(std::string_view path) {
  next_field(path, '/');
  std::string_view release = next_field(path, '/');
  if (release == "edge") return release;
  if (!release.starts_with('v') || release.size() > 8) return {};
  release.remove_prefix(1);
  return release.find_first_not_of("0123456789.") == std::string_view::npos ? release : std::string_view();
}

bool accepts(std::string_view path) {
  return path.starts_with("alpine/") && (path.ends_with("/main.json") || path.ends_with("/community.json")) &&
         split(path, '/').size() == 3 && !release_of(path).empty();
}

Status read(const FeedFile& file, FeedSink& sink) {
  return read_secdb_file(file, "alpine:" + std::string(release_of(file.path)), sink);
}

#define ALPINE_RELEASE(release)                                                                    \
  Download{"https://secdb.alpinelinux.org/" release "/main.json", "alpine/" release "/main.json"}, \
      Download{"https://secdb.alpinelinux.org/" release "/community.json", "alpine/" release "/community.json"}

std::span<const Download> downloads() {
  static const std::array kDownloads = {ALPINE_RELEASE("v3.9"),  ALPINE_RELEASE("v3.10"), ALPINE_RELEASE("v3.11"),
                                        ALPINE_RELEASE("v3.12"), ALPINE_RELEASE("v3.13"), ALPINE_RELEASE("v3.14"),
                                        ALPINE_RELEASE("v3.15"), ALPINE_RELEASE("v3.16"), ALPINE_RELEASE("v3.17"),
                                        ALPINE_RELEASE("v3.18"), ALPINE_RELEASE("v3.19"), ALPINE_RELEASE("v3.20"),
                                        ALPINE_RELEASE("v3.21"), ALPINE_RELEASE("v3.22"), ALPINE_RELEASE("v3.23"),
                                        ALPINE_RELEASE("v3.24"), ALPINE_RELEASE("edge")};
  return kDownloads;
}

}  // namespace

const Feed kAlpineFeed = {.name = "alpine",
                          .title = "Alpine security database",
                          .licence = "CC BY-SA 4.0",
                          .accepts = accepts,
                          .read = read,
                          .downloads = downloads};

}  // namespace oakum::advisories
