#include "advisories/merged.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "advisories/record.h"

namespace oakum::advisories {

namespace {

constexpr std::uint32_t kNone = ~std::uint32_t{0};

// Place of each needed group in the result, by the number of its canonical id.
std::vector<std::uint32_t> number_groups(const Corpus& corpus, const std::vector<ClaimReference>& claims,
                                         std::vector<Group>& groups) {
  std::vector<bool> needed(corpus.name_count());
  for (const ClaimReference& claim : claims) needed[claim.vulnerability] = true;
  for (std::size_t f = 0; f < corpus.files().size(); ++f) {
    for (const PendingKev& kev : corpus.files()[f].data.kev) {
      needed[corpus.groups().canonical(corpus.global(f, kev.cve))] = true;
    }
  }
  for (std::uint32_t i = 0; i < corpus.name_count(); ++i) {
    if (needed[i]) groups.push_back({.id = i, .records = {}, .aliases = {}, .epss = {}, .kev = {}});
  }
  std::ranges::sort(groups, {}, [&](const Group& group) { return corpus.name(group.id); });
  std::vector<std::uint32_t> places(corpus.name_count(), kNone);
  for (std::uint32_t i = 0; i < groups.size(); ++i) places[groups[i].id] = i;
  return places;
}

const PendingRecord& record_of(const Corpus& corpus, const RecordReference& reference) {
  return corpus.files()[reference.file].data.records[reference.record];
}

void add_records(const Corpus& corpus, std::uint32_t f, const std::vector<std::uint32_t>& places,
                 std::vector<Group>& groups) {
  const auto& records = corpus.files()[f].data.records;
  for (std::uint32_t r = 0; r < records.size(); ++r) {
    if (records[r].withdrawn) continue;
    const std::uint32_t id = corpus.global(f, records[r].id);
    if (const auto place = places[corpus.groups().canonical(id)]; place != kNone)
      groups[place].records.push_back({f, r});
    for (const std::uint32_t cve : corpus.groups().cves_of_notice(id)) {
      if (places[cve] != kNone) groups[places[cve]].records.push_back({f, r});
    }
  }
}

void add_scores(const Corpus& corpus, std::uint32_t f, const std::vector<std::uint32_t>& places,
                std::vector<Group>& groups) {
  const auto place_of = [&](std::uint32_t local) { return places[corpus.groups().canonical(corpus.global(f, local))]; };
  for (const PendingEpss& epss : corpus.files()[f].data.epss) {
    if (const auto place = place_of(epss.cve); place != kNone) groups[place].epss = epss;
  }
  for (const PendingKev& kev : corpus.files()[f].data.kev) groups[place_of(kev.cve)].kev = kev;
}

void sort_records(const Corpus& corpus, Group& group) {
  const auto order = [&](const RecordReference& reference) {
    const PendingRecord& record = record_of(corpus, reference);
    const std::uint32_t id = corpus.global(reference.file, record.id);
    const bool notice = corpus.groups().canonical(id) != group.id;
    return std::tuple(notice, id != group.id, corpus.files()[reference.file].feed, corpus.name(id), reference.file,
                      std::string_view(record.details));
  };
  std::ranges::sort(group.records, [&](const auto& a, const auto& b) { return order(a) < order(b); });
}

template <class Text>
void take_first(Text& into, Text& from) {
  if (into.empty()) into = std::move(from);
}

auto statement_order(const SeverityStatement& statement) {
  static const Cvss none;
  const Cvss& cvss = statement.cvss ? *statement.cvss : none;
  return std::tuple(std::string_view(statement.source), std::string_view(cvss.version), std::string_view(cvss.vector),
                    cvss.score, statement.severity);
}

}  // namespace

std::vector<Group> collect_groups(const Corpus& corpus, const std::vector<ClaimReference>& claims) {
  std::vector<Group> groups;
  const std::vector<std::uint32_t> places = number_groups(corpus, claims, groups);
  for (std::uint32_t f = 0; f < corpus.files().size(); ++f) {
    add_records(corpus, f, places, groups);
    add_scores(corpus, f, places, groups);
  }
  for (std::uint32_t i = 0; i < corpus.name_count(); ++i) {
    const std::uint32_t canonical = corpus.groups().canonical(i);
    if (canonical != i && places[canonical] != kNone) groups[places[canonical]].aliases.push_back(i);
  }
  for (Group& group : groups) {
    sort_records(corpus, group);
    std::ranges::sort(group.aliases, {}, [&](std::uint32_t alias) { return corpus.name(alias); });
  }
  return groups;
}

VulnerabilitySummary merge_summary(const Corpus& corpus, const Group& group) {
  VulnerabilitySummary summary;
  for (const std::uint32_t alias : group.aliases) summary.aliases.emplace_back(corpus.name(alias));
  for (const RecordReference& reference : group.records) {
    const PendingRecord& record = record_of(corpus, reference);
    if (auto statements = decode_statements(record.severities)) {
      std::ranges::move(*statements, std::back_inserter(summary.severities));
    }
    const bool earlier = summary.published.empty() || record.published < summary.published;
    if (!record.published.empty() && earlier) summary.published = record.published;
    summary.modified = std::max(summary.modified, record.modified);
  }
  const auto before = [](const SeverityStatement& a, const SeverityStatement& b) {
    return statement_order(a) < statement_order(b);
  };
  std::ranges::sort(summary.severities, before);
  const auto same = [](const SeverityStatement& a, const SeverityStatement& b) {
    return statement_order(a) == statement_order(b);
  };
  summary.severities.erase(std::ranges::unique(summary.severities, same).begin(), summary.severities.end());
  if (group.epss) {
    summary.epss = group.epss->score;
    summary.epss_percentile = group.epss->percentile;
  }
  if (group.kev) {
    summary.kev = true;
    summary.kev_due = group.kev->due;
    summary.kev_ransomware = group.kev->ransomware;
  }
  return summary;
}

std::optional<VulnerabilityDetails> merge_details(const Corpus& corpus, const Group& group,
                                                  const TextExpander& expander) {
  VulnerabilityDetails merged;
  std::set<std::string> cwes;
  for (const RecordReference& reference : group.records) {
    const auto text = expander.expand(record_of(corpus, reference).details);
    auto details = text ? decode_details(*text) : std::nullopt;
    if (!details) continue;
    take_first(merged.title, details->title);
    take_first(merged.description, details->description);
    for (std::string& link : details->references) {
      if (std::ranges::find(merged.references, link) == merged.references.end() && merged.references.size() < 64) {
        merged.references.push_back(std::move(link));
      }
    }
    cwes.insert(details->cwes.begin(), details->cwes.end());
  }
  merged.cwes.assign(cwes.begin(), cwes.end());
  if (merged.title.empty() && merged.description.empty() && merged.references.empty() && merged.cwes.empty()) {
    return std::nullopt;
  }
  return merged;
}

}  // namespace oakum::advisories
