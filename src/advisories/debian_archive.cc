#include "advisories/debian_archive.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <utility>

#include "advisories/archive_index.h"
#include "advisories/archive_packages.h"
#include "advisories/archive_release.h"
#include "advisories/changelog.h"
#include "advisories/deb_package.h"
#include "advisories/feeds/archive.h"
#include "advisories/package_mirror.h"
#include "base/fd.h"
#include "base/parallel.h"
#include "base/text.h"
#include "versions/version.h"

namespace oakum::advisories {

namespace {

constexpr std::uint64_t kMaxIndex = 64U << 20;     // compressed; main of Debian 13 has 10 MB
constexpr std::uint64_t kMaxPackage = 256U << 20;  // the smallest package of a source, compressed
constexpr std::size_t kMaxTries = 5;               // packages of one source looked into for a changelog
constexpr std::size_t kConnections = 2;            // mirrors are run by volunteers
constexpr ArchiveLimits kIndexLimits = {.member_bytes = 512U << 20, .total_bytes = 512U << 20};
constexpr ArchiveLimits kChangelogLimits = {.member_bytes = 64U << 20, .total_bytes = 64U << 20};
constexpr std::string_view kCompressions[] = {".xz", ".gz", ".zst", ".bz2", ""};

// One suite on its way from the mirror to the disk.
class SuiteFetch {
 public:
  SuiteFetch(const ArchiveRequest& request, const PackageMirror& mirror, const std::string& suite)
      : request_(request), mirror_(mirror), directory_(request.output + "/debian-archive/" + suite) {
    report_.suite = suite;
    index_.suite = suite;
    index_.mirror = mirror.base();
  }

  Result<SuiteReport> run() {
    tell("reading the index of " + report_.suite, 0, 0);
    OAKUM_CHECK(make_directories(directory_ + "/changelogs"));
    OAKUM_TRY(const ArchiveRelease release, read_release());
    OAKUM_TRY(const PackagesIndex packages, read_packages(release));
    report_.sources = index_.sources = packages.sources;
    report_.newer = packages.newer.size();
    report_.problems = packages.problems;
    keep_earlier(packages.newer);
    fetch_changelogs(packages.newer);
    std::ranges::sort(index_.packages, {}, &IndexedChangelog::source);
    OAKUM_CHECK(write_file_atomically(directory_ + "/index.json", to_json(index_)));
    return std::move(report_);
  }

 private:
  void tell(std::string_view what, std::size_t done, std::size_t total) const {
    if (request_.progress) request_.progress(what, done, total);
  }

  Result<std::string> get(std::string_view path, std::uint64_t limit) {
    OAKUM_TRY(std::string bytes, mirror_.get(path, limit));
    bytes_ += bytes.size();
    return bytes;
  }

  Result<ArchiveRelease> read_release() {
    const std::string name = mirror_.base() + ": " + report_.suite;
    OAKUM_TRY(const SignedRelease signed_release, fetch_release(mirror_, report_.suite, request_.keyring));
    if (request_.require_signature && !signed_release.verified) {
      return fail(ErrorCode::integrity, name, signed_release.verification, "install gpgv and the archive's keyring");
    }
    bytes_ += signed_release.text.size();
    OAKUM_TRY(ArchiveRelease release, parse_release(signed_release.text, name));
    const auto ecosystem = ecosystem_of(release);
    if (!ecosystem) {
      return fail(ErrorCode::unsupported, name,
                  "is of a distribution that oakum does not know: " + printable(release.origin, 100));
    }
    report_.ecosystem = index_.ecosystem = *ecosystem;
    report_.verified = signed_release.verified;
    report_.verification = index_.verification = signed_release.verification;
    index_.date = release.date;
    OAKUM_CHECK(write_file_atomically(directory_ + "/Release", signed_release.text));
    return release;
  }

  // The smallest form in which the suite has the Packages file of a component. "updates/main" is how Debian's security
  // archive calls main in its list of components; its files are under "main".
  static const IndexFile* find_packages(const ArchiveRelease& release, const std::string& stem) {
    for (const std::string_view compression : kCompressions) {
      const auto found = std::ranges::find(release.files, stem + std::string(compression), &IndexFile::path);
      if (found != release.files.end()) return &*found;
    }
    return nullptr;
  }

  Result<std::string> get_index(const ArchiveRelease& release, const IndexFile& file) {
    const std::string base = "dists/" + report_.suite + "/";
    if (file.size > kMaxIndex) return fail(ErrorCode::limit, base + file.path, "is larger than 64 MB");
    if (release.by_hash) {
      const std::string parent = file.path.substr(0, file.path.rfind('/') + 1);
      auto bytes = get(base + parent + "by-hash/SHA256/" + file.sha256, file.size);
      if (bytes && verify_digest(*bytes, "sha256", file.sha256, file.path)) return bytes;
    }
    OAKUM_TRY(std::string bytes, get(base + file.path, file.size));
    OAKUM_CHECK(verify_digest(bytes, "sha256", file.sha256, mirror_.base() + "/" + base + file.path));
    return bytes;
  }

  // The index as it was fetched before, when it is still the suite's; else from the mirror, and kept.
  Result<Document> packages_of(const ArchiveRelease& release, const std::string& component, const IndexFile& file) {
    const std::string kept = directory_ + "/" + component + "_" + file.path.substr(file.path.rfind('/') + 1);
    auto bytes = read_file(kept, kMaxIndex);
    if (!bytes || !verify_digest(*bytes, "sha256", file.sha256, kept)) {
      bytes = get_index(release, file);
      if (!bytes) return std::unexpected(std::move(bytes.error()));
      OAKUM_CHECK(write_file_atomically(kept, *bytes));
    }
    return Document::from_bytes(*bytes, file.path, kIndexLimits);
  }

  Result<PackagesIndex> read_packages(const ArchiveRelease& release) {
    std::vector<Document> documents;
    for (const std::string& component : request_.components) {
      if (component.find('/') != std::string::npos) continue;
      const auto* file = find_packages(release, component + "/binary-" + request_.architecture + "/Packages");
      if (file == nullptr) continue;
      OAKUM_TRY(Document document, packages_of(release, component, *file));
      documents.push_back(std::move(document));
    }
    if (documents.empty()) {
      return fail(ErrorCode::not_found, mirror_.base() + ": " + report_.suite,
                  "has no packages for " + printable(request_.architecture, 100));
    }
    std::vector<std::string_view> texts;
    for (const Document& document : documents) texts.push_back(document.bytes());
    return newer_sources(texts, request_.packages);
  }

  // What was fetched for other images stays in the index.
  void keep_earlier(const std::vector<NewerSource>& newer) {
    const auto bytes = read_file(directory_ + "/index.json", kMaxIndex);
    if (!bytes) return;
    auto earlier = parse_archive_index(*bytes, "index.json");
    if (!earlier || earlier->ecosystem != index_.ecosystem) return;
    for (IndexedChangelog& package : earlier->packages) {
      const bool again = std::ranges::find(newer, package.source, &NewerSource::source) != newer.end();
      const bool asked =
          std::ranges::find(request_.packages, package.source, &SourcePackage::source) != request_.packages.end();
      if (again || (asked && package.file.empty())) continue;
      if (package.file.empty() || path_exists(directory_ + "/changelogs/" + package.file)) {
        index_.packages.push_back(std::move(package));
      }
    }
  }

  void fetch_changelogs(const std::vector<NewerSource>& newer) {
    const std::string what = "reading changelogs of " + report_.suite;
    std::size_t done = 0;
    parallel_for(newer.size(), kConnections, [&](std::size_t i) {
      IndexedChangelog row = fetch_changelog(newer[i]);
      const std::lock_guard lock(mutex_);
      if (!row.problem.empty()) report_.problems.push_back({ErrorCode::not_found, row.source, row.problem, {}});
      index_.packages.push_back(std::move(row));
      tell(what, ++done, newer.size());
    });
    report_.fetched = fetched_;
    report_.reused = reused_;
    report_.bytes = bytes_;
    std::ranges::sort(report_.problems, {}, &Error::what);
  }

  IndexedChangelog fetch_changelog(const NewerSource& newer) {
    IndexedChangelog row{newer.source, newer.installed, newer.newest, changelog_file(newer.source, newer.newest), {}};
    const std::string path = directory_ + "/changelogs/" + row.file;
    auto bytes = read_file(path, kMaxPackage);
    const bool kept = bytes && check_changelog(*bytes, newer, row.problem);
    if (kept) {
      ++reused_;
      return row;
    }
    if (const Status status = download_changelog(newer, path, row.problem); status) {
      ++fetched_;
    } else {
      row.file.clear();
      row.problem = "version " + newer.newest + " is in " + report_.suite +
                    ", but what it fixes could not be read: " + status.error().message();
    }
    return row;
  }

  Status download_changelog(const NewerSource& newer, const std::string& path, std::string& problem) {
    Error last{ErrorCode::not_found, newer.source, "no package of it is in the index", {}};
    for (std::size_t i = 0; i < newer.binaries.size() && i < kMaxTries; ++i) {
      auto bytes = changelog_of(newer.binaries[i]);
      if (bytes && !check_changelog(*bytes, newer, problem)) {
        bytes = fail(ErrorCode::invalid, newer.binaries[i].name, "its changelog is of another source or version");
      }
      if (bytes) return write_file_atomically(path, *bytes);
      last = std::move(bytes.error());
    }
    return std::unexpected(std::move(last));
  }

  Result<std::string> changelog_of(const BinaryPackage& binary) {
    if (binary.size > kMaxPackage) return fail(ErrorCode::limit, binary.filename, "is larger than 256 MB");
    OAKUM_TRY(const std::string deb, get(binary.filename, binary.size));
    OAKUM_CHECK(verify_digest(deb, "sha256", binary.sha256, binary.filename));
    return packaged_changelog(deb, binary.name, binary.filename);
  }

  // Whether these are the changelog of the newest version. A changelog that was cut before the image's version (newer
  // packages keep only some years, Ubuntu's only the latest entries) is still of use; `problem` then says so.
  static bool check_changelog(std::string_view gz, const NewerSource& newer, std::string& problem) {
    const auto document = Document::from_bytes(gz, newer.source, kChangelogLimits);
    if (!document) return false;
    const auto entries = parse_changelog(document->bytes());
    if (std::ranges::none_of(entries, [&](const ChangelogEntry& entry) {
          return entry.source == newer.source && entry.version == newer.newest;
        })) {
      return false;
    }
    const auto order = versions::compare(VersionScheme::deb, entries.back().version, newer.installed);
    if (entries.back().source == newer.source && order && std::is_gt(*order)) {
      problem = "its changelog goes back to " + printable(entries.back().version, 200) + " only, the image has " +
                newer.installed;
    }
    return true;
  }

  const ArchiveRequest& request_;
  const PackageMirror& mirror_;
  std::string directory_;
  SuiteReport report_;
  ArchiveIndex index_;
  std::mutex mutex_;
  std::atomic<std::size_t> fetched_ = 0;
  std::atomic<std::size_t> reused_ = 0;
  std::atomic<std::uint64_t> bytes_ = 0;
};

}  // namespace

Result<ArchiveReport> fetch_debian_archive(const ArchiveRequest& request) {
  OAKUM_TRY(const PackageMirror mirror, PackageMirror::open(request.mirror));
  ArchiveReport report;
  for (const std::string& suite : request.suites) {
    if (!is_safe_path(suite)) {
      report.failed.push_back({ErrorCode::usage, printable(suite, 200), "is not the name of a suite", {}});
      continue;
    }
    auto fetched = SuiteFetch(request, mirror, suite).run();
    if (fetched) {
      report.suites.push_back(std::move(*fetched));
    } else {
      report.failed.push_back(std::move(fetched.error()).in("suite " + suite));
    }
  }
  if (report.suites.empty() && !report.failed.empty()) return std::unexpected(report.failed.front());
  return report;
}

}  // namespace oakum::advisories
