// OSV exports: osv/<Ecosystem>/all.zip, one record per member.
#include <algorithm>
#include <array>

#include "advisories/feed.h"
#include "advisories/feeds/archive.h"
#include "advisories/feeds/json.h"
#include "advisories/feeds/names.h"
#include "advisories/feeds/osv_record.h"
#include "advisories/feeds/table.h"

namespace oakum::advisories {

namespace {

bool accepts(std::string_view path) {
  return path.starts_with("osv/") && path.ends_with("/all.zip") && std::ranges::count(path, '/') == 2;
}

bool is_record(std::string_view member) { return member.ends_with(".json"); }

// The export's own ecosystems: a record of it may name packages of others, for which it does not speak.
bool speaks_for(std::string_view exported, std::string_view ecosystem) {
  const std::optional<EcosystemName> plain = ecosystem_of_osv(exported);
  if (plain) return plain->ecosystem == ecosystem;
  const std::optional<EcosystemName> released = ecosystem_of_osv(std::string(exported) + ":1");
  const std::string_view family = ecosystem.substr(0, ecosystem.find(':'));
  if (released) return std::string_view(released->ecosystem).substr(0, family.size() + 1) == std::string(family) + ":";
  return (exported == "Ubuntu" && family == "ubuntu") || (exported == "Red Hat" && family == "redhat") ||
         (exported == "SUSE" && (family == "sles" || family == "sle-micro")) ||
         (exported == "openSUSE" && family.starts_with("opensuse-"));
}

Status read(const FeedFile& file, FeedSink& sink) {
  JsonReader reader;
  OsvTally tally;
  const auto visit = [&](const ArchiveMember& member) -> Status {
    const std::string place = file.path + ": " + std::string(member.name);
    const Result<JsonValue> record = reader.parse(member.bytes, place);
    if (!record) {
      sink.problem(place, record.error().why);
    } else if (const Status status = read_osv_record(*record, sink, tally); !status) {
      sink.problem(place, status.error().why);
    }
    return {};
  };
  const Status status = read_archive(file.disk, file.path, is_record, visit);
  if (!status) {
    if (tally.records == 0) return status;
    sink.problem(file.path, status.error().message());
  }
  const std::string_view exported = std::string_view(file.path).substr(4, file.path.size() - 4 - 8);
  for (const std::string& ecosystem : tally.ecosystems) {
    if (status && speaks_for(exported, ecosystem)) sink.covers(ecosystem);
  }
  if (!tally.newest.empty()) sink.dated(tally.newest);
  note_unknown(tally, file.path, sink);
  return {};
}

#define OSV_EXPORT(folder) \
  Download{"https://osv-vulnerabilities.storage.googleapis.com/" folder "/all.zip", "osv/" folder "/all.zip"}

// Distributions that have a feed of their own here (Debian, Ubuntu, Alpine, …) are not fetched from OSV, but read
// where a mirror has them.
std::span<const Download> downloads() {
  static const std::array kDownloads = {
      OSV_EXPORT("AlmaLinux"),
      OSV_EXPORT("Bitnami"),
      OSV_EXPORT("Go"),
      OSV_EXPORT("Maven"),
      OSV_EXPORT("NuGet"),
      OSV_EXPORT("Packagist"),
      OSV_EXPORT("PyPI"),
      Download{"https://osv-vulnerabilities.storage.googleapis.com/Rocky%20Linux/all.zip", "osv/Rocky Linux/all.zip"},
      OSV_EXPORT("RubyGems"),
      OSV_EXPORT("crates.io"),
      OSV_EXPORT("npm"),
  };
  return kDownloads;
}

}  // namespace

const Feed kOsvFeed = {.name = "osv",
                       .title = "OSV (open source vulnerabilities)",
                       .licence = "CC BY 4.0, CC0 1.0, MIT and Apache 2.0, by database",
                       .accepts = accepts,
                       .read = read,
                       .downloads = downloads};

}  // namespace oakum::advisories
