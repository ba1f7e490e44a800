// What the database stores, as values and as bytes. docs/database.md, "Values", is the description of the latter.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "advisories/database.h"
#include "model/advisory.h"

namespace oakum::advisories {

// A database of another format is refused: it is cheaper to build anew than to read two.
inline constexpr std::uint64_t kFormat = 1;

struct StoredFeed {
  std::string name;
  std::string date;
  std::uint64_t records = 0;
  std::vector<std::pair<std::string, std::string>> files;  // path below the mirror and sha256, sorted
};

struct Header {
  std::uint64_t format = kFormat;
  std::string built;
  std::string digest;
  std::vector<StoredFeed> feeds;  // sorted by name; claims name their feed by its place here
};

std::string encode(const Header& header);
// Gives the format of any version; the rest only of this one.
std::optional<Header> decode_header(std::string_view bytes);

// The part of a claim that does not depend on the rest of the database: all but vulnerability and feed.
// `problems` gets a line for each version that does not parse in `scheme`.
std::string encode_claim_body(const Claim& claim, std::optional<VersionScheme> scheme,
                              std::vector<std::string>& problems);
// Appends one claim to a package's value.
void append_claim(std::string& value, std::string_view vulnerability, std::uint64_t feed, std::string_view body);
// All claims of a value; views into `bytes` and `feeds`. nullopt: the bytes are damaged.
std::optional<std::vector<StoredClaim>> decode_claims(std::string_view bytes, const std::vector<StoredFeed>& feeds);

std::string encode(const VulnerabilitySummary& summary);
std::optional<VulnerabilitySummary> decode_summary(std::string_view bytes);

std::string encode(const VulnerabilityDetails& details);
std::optional<VulnerabilityDetails> decode_details(std::string_view bytes);

// The feeds that speak for an ecosystem.
std::string encode_coverage(const std::vector<std::string>& feeds);
std::optional<std::vector<std::string>> decode_coverage(std::string_view bytes);

std::string encode(const LifecycleRecord& record);
std::optional<LifecycleRecord> decode_lifecycle(std::string_view bytes);

void encode(const std::vector<SeverityStatement>& statements, std::string& out);
std::optional<std::vector<SeverityStatement>> decode_statements(std::string_view bytes);

// Keys of two parts. The builder refuses parts that would make one longer than LMDB's 511 bytes.
inline constexpr std::size_t kMaxIdLength = 255;
inline constexpr std::size_t kMaxPackageLength = 400;
inline constexpr std::size_t kMaxEcosystemLength = 100;
std::string database_key(std::string_view first, std::string_view second);

// rpm's SOURCERPM has no epoch, so claims by source package are kept and compared without (rpm(8), EVR).
std::string_view without_epoch(std::string_view version);

}  // namespace oakum::advisories
