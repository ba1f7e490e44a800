// What one file of a feed says, packed as it comes: texts compressed, names stored once, version keys ready.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "advisories/feed.h"
#include "advisories/texts.h"
#include "model/distribution.h"

namespace oakum::advisories {

// Every text once, each with a number.
class Names {
 public:
  std::uint32_t add(std::string_view text);
  std::string_view operator[](std::uint32_t number) const { return texts_[number]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }

 private:
  std::deque<std::string> texts_;  // does not move what it holds
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
};

struct PendingClaim {
  std::uint32_t key = 0;            // name: database_key(ecosystem, package)
  std::uint32_t vulnerability = 0;  // name
  std::uint32_t advisory = 0;       // name
  std::uint32_t size = 0;           // of the body, in Collected::bodies
  std::uint64_t offset = 0;
};

struct PendingRecord {
  std::uint32_t id = 0;
  bool withdrawn = false;
  std::vector<std::uint32_t> aliases;
  std::string published;
  std::string modified;
  std::string severities;  // encoded
  std::string details;     // encoded and compressed
};

struct PendingEpss {
  std::uint32_t cve = 0;
  double score = 0;
  double percentile = 0;
};

struct PendingKev {
  std::uint32_t cve = 0;
  std::string due;
  bool ransomware = false;
};

struct Collected {
  Names names;
  std::string bodies;
  std::vector<PendingClaim> claims;
  std::vector<PendingRecord> records;
  std::vector<PendingEpss> epss;
  std::vector<PendingKev> kev;
  std::vector<LifecycleRecord> lifecycles;
  std::set<std::string> coverage;             // ecosystems that the feed speaks for
  std::set<std::string> ecosystems;           // … that it has claims for
  std::string stated_date;                    // newest day that the file states
  std::map<std::string, std::uint64_t> days;  // days on which records were changed last
  std::uint64_t count = 0;                    // of what the feed said
  std::vector<Error> problems;                // the first kMaxProblems
  std::uint64_t problem_count = 0;
};
inline constexpr std::size_t kMaxProblems = 1000;

class Collector final : public FeedSink {
 public:
  Collector(std::string path, Collected& out) : path_(std::move(path)), out_(out), compressor_({}, 1) {}

  void claim(Claim claim) override;
  void vulnerability(VulnerabilityRecord record) override;
  void kev(KevRecord record) override;
  void epss(EpssRecord record) override;
  void lifecycle(LifecycleRecord record) override;
  void covers(std::string_view ecosystem) override;
  void problem(std::string_view place, std::string_view message) override;
  void dated(std::string_view date) override;

 private:
  bool usable_id(std::string_view id);
  void store(const Claim& claim, std::optional<VersionScheme> scheme);

  std::string path_;
  Collected& out_;
  TextCompressor compressor_;
};

// "2024-05-01" of an ISO date or time; empty for anything else.
std::string_view iso_day(std::string_view text);

}  // namespace oakum::advisories
