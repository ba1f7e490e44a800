#include "advisories/record.h"

#include <algorithm>

#include "advisories/encoding.h"
#include "versions/version.h"

namespace oakum::advisories {

namespace {

enum RangeFlag : std::uint8_t { kInclusive = 1, kUnreadable = 2 };

template <class Text>
void put_texts(Writer& writer, const std::vector<Text>& texts) {
  writer.number(texts.size());
  for (const Text& text : texts) writer.text(text);
}

template <class Text>
std::vector<Text> get_texts(Reader& reader) {
  const std::size_t count = reader.count();
  std::vector<Text> texts;
  texts.reserve(std::min<std::size_t>(count, 1024));
  for (std::size_t i = 0; i < count && reader.ok(); ++i) texts.emplace_back(reader.text());
  return texts;
}

void put_optional(Writer& writer, const std::optional<double>& value) {
  writer.byte(value.has_value() ? 1 : 0);
  if (value) writer.real(*value);
}

std::optional<double> get_optional(Reader& reader) {
  if (reader.byte() == 0) return std::nullopt;
  return reader.real();
}

// A range or listed version on its way into the database.
struct KeyMaker {
  const Claim& claim;
  std::optional<VersionScheme> scheme;
  std::vector<std::string>& problems;
  bool sourceless_epoch;

  // nullopt: does not parse.
  std::optional<std::string> operator()(std::string_view version) const {
    if (version.empty()) return std::string();
    if (!scheme) return std::nullopt;
    auto key = versions::key(*scheme, sourceless_epoch ? without_epoch(version) : version);
    if (key) return std::move(*key);
    problems.push_back(claim.vulnerability + " (" + claim.package + "): " + key.error().message());
    return std::nullopt;
  }
};

struct KeyedRange {
  std::string introduced;
  std::string end;
  std::string_view end_text;
  std::uint8_t flags = 0;

  bool holds(const std::string& key) const {
    if ((flags & kUnreadable) != 0 || key < introduced) return false;
    return end.empty() || key < end || ((flags & kInclusive) != 0 && key == end);
  }
};

KeyedRange keyed(const AffectedRange& range, const KeyMaker& make) {
  KeyedRange result;
  const bool inclusive = range.fixed.empty() && !range.last_affected.empty();
  result.end_text = inclusive ? range.last_affected : range.fixed;
  const auto introduced = make(range.introduced);
  const auto end = make(result.end_text);
  if (inclusive) result.flags |= kInclusive;
  if (!introduced || !end) {
    result.flags |= kUnreadable;
    return result;
  }
  result.introduced = *introduced;
  result.end = *end;
  return result;
}

std::vector<std::string> listed_keys(const Claim& claim, const std::vector<KeyedRange>& ranges, const KeyMaker& make) {
  std::vector<std::string> keys;
  for (const std::string& version : claim.versions) {
    auto key = make(version);
    if (!key || key->empty()) continue;
    const bool redundant = std::ranges::any_of(ranges, [&](const KeyedRange& range) { return range.holds(*key); });
    if (!redundant) keys.push_back(std::move(*key));
  }
  std::ranges::sort(keys);
  keys.erase(std::ranges::unique(keys).begin(), keys.end());
  return keys;
}

StoredRange get_range(Reader& reader) {
  StoredRange range;
  const std::uint8_t flags = reader.byte();
  range.end_inclusive = (flags & kInclusive) != 0;
  range.unreadable = (flags & kUnreadable) != 0;
  range.introduced_key = reader.text();
  range.end_key = reader.text();
  range.end_text = reader.text();
  return range;
}

std::optional<StoredClaim> get_claim(Reader& reader, const std::vector<StoredFeed>& feeds) {
  StoredClaim claim;
  claim.vulnerability = reader.text();
  const std::uint64_t feed = reader.number();
  if (feed >= feeds.size()) return std::nullopt;
  claim.feed = feeds[feed].name;
  claim.by = reader.one_of(PackageName::binary);
  claim.status = reader.one_of(FixStatus::end_of_life);
  claim.severity = reader.one_of(Severity::critical);
  claim.advisory = reader.text();
  claim.reason = reader.text();
  claim.module = reader.text();
  claim.channel = reader.text();
  claim.arches = get_texts<std::string_view>(reader);
  const std::size_t ranges = reader.count();
  for (std::size_t i = 0; i < ranges && reader.ok(); ++i) claim.ranges.push_back(get_range(reader));
  claim.version_keys = get_texts<std::string_view>(reader);
  if (!reader.ok()) return std::nullopt;
  return claim;
}

std::vector<SeverityStatement> get_statements(Reader& reader) {
  std::vector<SeverityStatement> statements;
  const std::size_t count = reader.count();
  for (std::size_t i = 0; i < count && reader.ok(); ++i) {
    SeverityStatement statement;
    statement.source = reader.text();
    statement.severity = reader.one_of(Severity::critical);
    if (reader.byte() != 0) {
      Cvss cvss;
      cvss.source = reader.text();
      cvss.version = reader.text();
      cvss.vector = reader.text();
      cvss.score = reader.real();
      statement.cvss = std::move(cvss);
    }
    statements.push_back(std::move(statement));
  }
  return statements;
}

}  // namespace

std::string_view without_epoch(std::string_view version) {
  const std::size_t colon = version.find(':');
  if (colon == std::string_view::npos) return version;
  const bool digits = std::ranges::all_of(version.substr(0, colon), [](char c) { return c >= '0' && c <= '9'; });
  return digits ? version.substr(colon + 1) : version;
}

std::string database_key(std::string_view first, std::string_view second) {
  std::string key(first);
  key += '\0';
  key += second;
  return key;
}

std::string encode(const Header& header) {
  std::string out;
  Writer writer(out);
  writer.number(header.format);
  writer.text(header.built);
  writer.text(header.digest);
  writer.number(header.feeds.size());
  for (const StoredFeed& feed : header.feeds) {
    writer.text(feed.name);
    writer.text(feed.date);
    writer.number(feed.records);
    writer.number(feed.files.size());
    for (const auto& [path, digest] : feed.files) {
      writer.text(path);
      writer.text(digest);
    }
  }
  return out;
}

std::optional<Header> decode_header(std::string_view bytes) {
  Reader reader(bytes);
  Header header;
  header.format = reader.number();
  if (!reader.ok()) return std::nullopt;
  if (header.format != kFormat) return header;
  header.built = reader.text();
  header.digest = reader.text();
  const std::size_t count = reader.count();
  for (std::size_t i = 0; i < count && reader.ok(); ++i) {
    StoredFeed feed;
    feed.name = reader.text();
    feed.date = reader.text();
    feed.records = reader.number();
    const std::size_t files = reader.count();
    for (std::size_t k = 0; k < files && reader.ok(); ++k) {
      std::string path(reader.text());
      feed.files.emplace_back(std::move(path), reader.text());
    }
    header.feeds.push_back(std::move(feed));
  }
  if (!reader.finished()) return std::nullopt;
  return header;
}

std::string encode_claim_body(const Claim& claim, std::optional<VersionScheme> scheme,
                              std::vector<std::string>& problems) {
  std::string out;
  Writer writer(out);
  writer.byte(static_cast<std::uint8_t>(claim.by));
  writer.byte(static_cast<std::uint8_t>(claim.status));
  writer.byte(static_cast<std::uint8_t>(claim.severity));
  writer.text(claim.advisory);
  writer.text(claim.reason);
  writer.text(claim.module);
  writer.text(claim.channel);
  put_texts(writer, claim.arches);

  const KeyMaker make{claim, scheme, problems, scheme == VersionScheme::rpm && claim.by == PackageName::source};
  std::vector<KeyedRange> ranges;
  for (const AffectedRange& range : claim.ranges) ranges.push_back(keyed(range, make));
  const std::vector<std::string> listed = listed_keys(claim, ranges, make);
  // Versions are listed and none of them reads: not the same as a claim that lists none.
  if (ranges.empty() && listed.empty() && !claim.versions.empty()) {
    ranges.push_back({{}, {}, claim.versions.front(), kUnreadable});
  }
  writer.number(ranges.size());
  for (const KeyedRange& range : ranges) {
    writer.byte(range.flags);
    writer.text(range.introduced);
    writer.text(range.end);
    writer.text(range.end_text);
  }
  put_texts(writer, listed);
  return out;
}

void append_claim(std::string& value, std::string_view vulnerability, std::uint64_t feed, std::string_view body) {
  Writer writer(value);
  writer.text(vulnerability);
  writer.number(feed);
  value.append(body);
}

std::optional<std::vector<StoredClaim>> decode_claims(std::string_view bytes, const std::vector<StoredFeed>& feeds) {
  std::vector<StoredClaim> claims;
  Reader reader(bytes);
  while (!reader.at_end()) {
    auto claim = get_claim(reader, feeds);
    if (!claim) return std::nullopt;
    claims.push_back(std::move(*claim));
  }
  if (!reader.ok()) return std::nullopt;
  return claims;
}

void encode(const std::vector<SeverityStatement>& statements, std::string& out) {
  Writer writer(out);
  writer.number(statements.size());
  for (const SeverityStatement& statement : statements) {
    writer.text(statement.source);
    writer.byte(static_cast<std::uint8_t>(statement.severity));
    writer.byte(statement.cvss ? 1 : 0);
    if (!statement.cvss) continue;
    writer.text(statement.cvss->source);
    writer.text(statement.cvss->version);
    writer.text(statement.cvss->vector);
    writer.real(statement.cvss->score);
  }
}

std::string encode(const VulnerabilitySummary& summary) {
  std::string out;
  Writer writer(out);
  writer.byte(static_cast<std::uint8_t>((summary.withdrawn ? 1U : 0U) | (summary.kev ? 2U : 0U) |
                                        (summary.kev_ransomware ? 4U : 0U)));
  put_texts(writer, summary.aliases);
  encode(summary.severities, out);
  writer.text(summary.kev_due);
  put_optional(writer, summary.epss);
  put_optional(writer, summary.epss_percentile);
  writer.text(summary.published);
  writer.text(summary.modified);
  return out;
}

std::optional<VulnerabilitySummary> decode_summary(std::string_view bytes) {
  Reader reader(bytes);
  VulnerabilitySummary summary;
  const std::uint8_t flags = reader.byte();
  summary.withdrawn = (flags & 1U) != 0;
  summary.kev = (flags & 2U) != 0;
  summary.kev_ransomware = (flags & 4U) != 0;
  summary.aliases = get_texts<std::string>(reader);
  summary.severities = get_statements(reader);
  summary.kev_due = reader.text();
  summary.epss = get_optional(reader);
  summary.epss_percentile = get_optional(reader);
  summary.published = reader.text();
  summary.modified = reader.text();
  if (!reader.finished()) return std::nullopt;
  return summary;
}

std::string encode(const VulnerabilityDetails& details) {
  std::string out;
  Writer writer(out);
  writer.text(details.title);
  writer.text(details.description);
  put_texts(writer, details.references);
  put_texts(writer, details.cwes);
  return out;
}

std::optional<VulnerabilityDetails> decode_details(std::string_view bytes) {
  Reader reader(bytes);
  VulnerabilityDetails details;
  details.title = reader.text();
  details.description = reader.text();
  details.references = get_texts<std::string>(reader);
  details.cwes = get_texts<std::string>(reader);
  if (!reader.finished()) return std::nullopt;
  return details;
}

std::optional<std::vector<SeverityStatement>> decode_statements(std::string_view bytes) {
  Reader reader(bytes);
  auto statements = get_statements(reader);
  if (!reader.finished()) return std::nullopt;
  return statements;
}

std::string encode_coverage(const std::vector<std::string>& feeds) {
  std::string out;
  Writer writer(out);
  put_texts(writer, feeds);
  return out;
}

std::optional<std::vector<std::string>> decode_coverage(std::string_view bytes) {
  Reader reader(bytes);
  auto feeds = get_texts<std::string>(reader);
  if (!reader.finished()) return std::nullopt;
  return feeds;
}

std::string encode(const LifecycleRecord& record) {
  std::string out;
  Writer writer(out);
  for (const std::string* text : {&record.product, &record.cycle, &record.codename, &record.released,
                                  &record.end_of_support, &record.end_of_life, &record.end_of_extended}) {
    writer.text(*text);
  }
  writer.byte(record.ended_without_date ? 1 : 0);
  return out;
}

std::optional<LifecycleRecord> decode_lifecycle(std::string_view bytes) {
  Reader reader(bytes);
  LifecycleRecord record;
  for (std::string* text : {&record.product, &record.cycle, &record.codename, &record.released, &record.end_of_support,
                            &record.end_of_life, &record.end_of_extended}) {
    *text = reader.text();
  }
  record.ended_without_date = reader.byte() != 0;
  if (!reader.finished()) return std::nullopt;
  return record;
}

}  // namespace oakum::advisories
