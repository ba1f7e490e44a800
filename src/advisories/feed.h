// A feed: one upstream source of advisories, read from its native files. One file each in feeds/, one line each in the
// table of feeds/table.cc.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/advisory.h"

namespace oakum::advisories {

// Where a feed's claims go. Feeds push in any order; the builder sorts, so that the database does not depend on it.
class FeedSink {
 public:
  virtual ~FeedSink() = default;
  virtual void claim(Claim claim) = 0;
  virtual void vulnerability(VulnerabilityRecord record) = 0;
  virtual void kev(KevRecord record) = 0;
  virtual void epss(EpssRecord record) = 0;
  virtual void lifecycle(LifecycleRecord record) = 0;
  // This feed speaks for the ecosystem, whether or not it has a claim about a given package: silence means safe.
  virtual void covers(std::string_view ecosystem) = 0;
  // A record that could not be read; the rest goes on. `place`: file and position or record id.
  virtual void problem(std::string_view place, std::string_view message) = 0;
  // The day the data is of (ISO date), where the files say so.
  virtual void dated(std::string_view date) = 0;
  // What the user should know of this data: what it does not cover, or that a signature could not be checked.
  virtual void note(std::string_view /*text*/) {}
};

// One file of a feed on disk or just fetched.
struct FeedFile {
  std::string path;  // below the mirror's root: "osv/npm/all.zip", "debian/tracker.json.gz"
  std::string disk;  // where its bytes are
};

// What `oakum db update` fetches: `url` is the upstream's, `path` where it is kept below the mirror's root.
struct Download {
  std::string url;
  std::string path;
  std::string checksum;  // suffix of the URL of a sha256sum(1) file beside it (".sha256"); empty where there is none
  std::string digest;    // "sha256:HEX" that the bytes must have, where an index says so
};

struct DownloadIndex;

// What an index names: files of the feed, and indexes that name more.
struct IndexContent {
  std::vector<Download> files;
  std::vector<DownloadIndex> indexes;
};

// A file that tells which files to fetch, as their names change with their content: archive_latest.txt, repomd.xml,
// mirror.list. It is kept in the mirror too, so that a copy of the mirror serves as upstream (`db update --mirror`).
struct DownloadIndex {
  std::string url;
  std::string path;
  Result<IndexContent> (*read)(std::string_view bytes, const DownloadIndex& self) = nullptr;
};

struct Feed {
  std::string_view name;     // "osv", "debian", "alpine", "kev": also `source` of findings
  std::string_view title;    // "Debian security tracker"
  std::string_view licence;  // of the data, one line for `oakum db info`
  // Whether a file of the mirror is this feed's, by its path below the root ("debian/tracker.json.gz").
  bool (*accepts)(std::string_view path);
  // Reads one accepted file. An error means nothing of the file was usable; single bad records go to sink.problem().
  Status (*read)(const FeedFile& file, FeedSink& sink);
  // What to fetch for a full update. Files that an index names come from `indexes`.
  std::span<const Download> (*downloads)();
  std::span<const DownloadIndex> (*indexes)() = nullptr;
};

// All feeds, sorted by name.
std::span<const Feed> feeds();
const Feed* find_feed(std::string_view name);

}  // namespace oakum::advisories
