// Fedora: updateinfo.xml of the updates repository, written by Bodhi.
#include <string>

#include "advisories/feeds/archive.h"
#include "advisories/feeds/json.h"
#include "advisories/feeds/table.h"
#include "advisories/feeds/updateinfo.h"
#include "advisories/repomd.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

// "fedora/42/updates/x86_64/updateinfo.xml.zst"
bool accepts(std::string_view path) { return path.starts_with("fedora/") && is_updateinfo(path); }

Status read(const FeedFile& file, FeedSink& sink) { return read_updates_of(file, "fedora", {}, sink); }

constexpr std::size_t kMaxReleases = 20;

// {"releases": [{"id_prefix": "FEDORA", "version": "42", …}]}: EPEL, containers and flatpaks have other prefixes.
Result<IndexContent> read_releases(std::string_view bytes, const DownloadIndex& self) {
  OAKUM_TRY(const Document document, Document::from_bytes(bytes, self.url));
  JsonReader reader;
  OAKUM_TRY(const JsonValue root, reader.parse(document.bytes(), self.url));
  IndexContent content;
  each_at(root, "releases", [&](JsonValue release) {
    const auto version = parse_number<unsigned>(text_at(release, "version"));
    if (text_at(release, "id_prefix") != "FEDORA" || !version || content.indexes.size() >= kMaxReleases) return;
    const std::string number = std::to_string(*version);
    content.indexes.push_back(
        yum_repository("https://dl.fedoraproject.org/pub/fedora/linux/updates/" + number + "/Everything/x86_64",
                       "fedora/" + number + "/updates/x86_64"));
  });
  if (content.indexes.empty()) return fail(ErrorCode::invalid, self.url, "names no release of Fedora");
  return content;
}

std::span<const DownloadIndex> indexes() {
  static const DownloadIndex all[] = {{"https://bodhi.fedoraproject.org/releases/?state=current&rows_per_page=100",
                                       "fedora/releases.json", read_releases}};
  return all;
}

}  // namespace

const Feed kFedoraFeed = {
    .name = "fedora",
    .title = "Fedora updateinfo",
    .licence = "MIT, Fedora Project",
    .accepts = accepts,
    .read = read,
    .downloads = no_downloads,
    .indexes = indexes,
};

}  // namespace oakum::advisories
