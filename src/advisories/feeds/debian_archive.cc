// Changelogs of newer packages in a Debian or Ubuntu archive, as ../debian_archive.h leaves them. They say what was
// fixed; they cannot say what is open.
#include <string>

#include "advisories/archive_index.h"
#include "advisories/changelog.h"
#include "advisories/feeds/archive.h"
#include "advisories/feeds/table.h"
#include "base/fd.h"
#include "base/text.h"
#include "model/distribution.h"

namespace oakum::advisories {

namespace {

constexpr std::uint64_t kMaxIndex = 64U << 20;
constexpr ArchiveLimits kChangelogLimits = {.member_bytes = 64U << 20, .total_bytes = 64U << 20};

// The index names the changelogs beside it; they are read with it.
bool accepts(std::string_view path) { return path.starts_with("debian-archive/") && path.ends_with("/index.json"); }

Claim claim_of(const ArchiveIndex& index, const std::string& source, const ChangelogFix& fix) {
  Claim claim;
  claim.ecosystem = index.ecosystem;
  claim.by = PackageName::source;
  claim.package = source;
  claim.vulnerability = fix.cve;
  claim.status = FixStatus::fixed;
  claim.ranges.push_back({.introduced = {}, .fixed = std::string(fix.version), .last_affected = {}});
  return claim;
}

void read_changelog(const ArchiveIndex& index, const IndexedChangelog& package, const std::string& directory,
                    FeedSink& sink) {
  const std::string place = "debian-archive/" + index.suite + "/changelogs/" + package.file;
  const auto document = Document::read(directory + "/changelogs/" + package.file, place, kChangelogLimits);
  if (!document) {
    sink.problem(place, document.error().message());
    return;
  }
  const auto entries = parse_changelog(document->bytes());
  for (const ChangelogFix& fix : fixes_in(entries, package.source)) sink.claim(claim_of(index, package.source, fix));
}

std::string coverage(const ArchiveIndex& index) {
  return index.ecosystem + " from " + index.suite + ": knows what newer packages fix, for " +
         with_thousands(index.packages.size()) + " of the suite's " + with_thousands(index.sources) +
         " source packages; cannot know of issues that are open or not fixed by an update";
}

Status read(const FeedFile& file, FeedSink& sink) {
  OAKUM_TRY(const std::string json, read_file(file.disk, kMaxIndex));
  OAKUM_TRY(const ArchiveIndex index, parse_archive_index(json, file.path));
  if (!scheme_of(index.ecosystem)) {
    return fail(ErrorCode::unsupported, file.path, "is of an unknown ecosystem: " + printable(index.ecosystem, 100));
  }
  sink.covers(index.ecosystem);
  if (!index.date.empty()) sink.dated(index.date);
  sink.note(coverage(index));
  if (!index.verification.empty()) sink.note(index.suite + ": " + printable(index.verification, 300));
  const std::string directory = file.disk.substr(0, file.disk.rfind('/') + 1) + ".";
  for (const IndexedChangelog& package : index.packages) {
    if (!package.problem.empty()) sink.problem(index.suite + ": " + package.source, printable(package.problem));
    if (!package.file.empty()) read_changelog(index, package, directory, sink);
  }
  return {};
}

}  // namespace

const Feed kDebianArchiveFeed = {
    .name = "debian-archive",
    .title = "changelogs of the packages of a Debian or Ubuntu archive (fixed issues only)",
    .licence = "as each package's",
    .accepts = accepts,
    .read = read,
    .downloads = no_downloads,
};

}  // namespace oakum::advisories
