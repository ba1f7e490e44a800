// The advisory database: one LMDB file, mapped read-only. docs/database.md is its format.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/advisory.h"
#include "model/report.h"

namespace oakum::advisories {

// A claim as stored, its version keys ready to compare with memcmp.
struct StoredRange {
  std::string_view introduced_key;  // empty: from the first version
  std::string_view end_key;         // empty: open
  bool end_inclusive = false;       // last_affected rather than fixed
  bool unreadable = false;          // a version of it does not parse in the ecosystem's scheme
  std::string_view end_text;        // the fixed (or last affected) version as published
};

struct StoredClaim {
  std::string_view vulnerability;
  std::string_view advisory;
  std::string_view feed;  // name of the feed that said it
  PackageName by = PackageName::binary;
  FixStatus status = FixStatus::affected;
  Severity severity = Severity::unknown;
  std::string_view reason;
  std::string_view module;
  std::string_view channel;
  std::vector<std::string_view> arches;
  std::vector<StoredRange> ranges;
  std::vector<std::string_view> version_keys;  // sorted
};

// What is kept ready for matching and sorting; long texts are apart (details()).
struct VulnerabilitySummary {
  std::vector<std::string> aliases;  // whole group, the canonical id left out
  bool withdrawn = false;
  std::vector<SeverityStatement> severities;
  bool kev = false;
  bool kev_ransomware = false;
  std::string kev_due;
  std::optional<double> epss;
  std::optional<double> epss_percentile;
  std::string published;
  std::string modified;
};

struct VulnerabilityDetails {
  std::string title;
  std::string description;
  std::vector<std::string> references;
  std::vector<std::string> cwes;
};

// Read-only; any number of processes and threads at once. Views returned live as long as the Database.
class Database {
 public:
  static Result<Database> open(const std::string& path);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  DatabaseInfo info() const;
  // Ecosystems with data, covered or not, ("debian:12", …), sorted.
  std::vector<std::string> ecosystems() const;
  bool covers(std::string_view ecosystem) const;
  // Names of the feeds that speak for the ecosystem, sorted.
  std::vector<std::string> covered_by(std::string_view ecosystem) const;
  std::vector<StoredClaim> claims(std::string_view ecosystem, std::string_view package) const;
  // The one id under which aliases are reported: the CVE of the group where it has one. `id` itself when unknown.
  std::string canonical(std::string_view id) const;
  std::optional<VulnerabilitySummary> summary(std::string_view id) const;
  std::optional<VulnerabilityDetails> details(std::string_view id) const;
  std::optional<LifecycleRecord> lifecycle(std::string_view product, std::string_view cycle) const;
  // Whether a value read so far did not decode; what was asked for then came back as absent.
  bool damaged() const;

 private:
  struct State;
  explicit Database(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

struct BuildOptions {
  std::vector<std::string> only;  // names of feeds; empty: all
  std::size_t threads = 0;
  std::function<void(std::string_view feed, std::string_view path)> progress;
};
struct BuildResult {
  DatabaseInfo info;
  std::vector<Error> problems;  // files and records that could not be read (bounded; the count is exact)
  std::uint64_t problem_count = 0;
  std::size_t failed_files = 0;  // of which nothing could be used; each is among the problems
};

// Reads every file below `mirror` that some feed accepts and publishes the database at `output` atomically: killed at
// any moment, the file there before is whole. Same files, same bytes.
Result<BuildResult> build_database(const std::string& mirror, const std::string& output, const BuildOptions& options);

// Structure, checksums of all pages, and that every claim's vulnerability and every key reads.
Status verify_database(const std::string& path);

}  // namespace oakum::advisories
