#include "advisories/ratings.h"

#include <algorithm>
#include <tuple>

#include "advisories/precedence.h"

namespace oakum::advisories {

namespace {

// Who rates vulnerabilities that a distribution does not, in the order in which they are asked.
constexpr std::string_view kRaters[] = {"ghsa", "redhat", "nvd", "cisa"};

std::size_t rank_of(const SeverityStatement& statement, std::string_view feed, std::string_view ecosystem) {
  if (statement.source == feed || statement.source == family_of(ecosystem)) return 0;
  const auto* found = std::ranges::find(kRaters, statement.source);
  return 1 + static_cast<std::size_t>(found - std::begin(kRaters));
}

Severity severity_of(const SeverityStatement& statement) {
  if (statement.severity != Severity::unknown) return statement.severity;
  return statement.cvss ? severity_of_cvss(statement.cvss->score) : Severity::unknown;
}

}  // namespace

Rating rate(Severity own, std::string_view feed, std::string_view ecosystem, const VulnerabilitySummary& summary) {
  if (own != Severity::unknown) return {own, std::string(feed)};
  const SeverityStatement* best = nullptr;
  // Of one rater: a word before a score, a newer CVSS before an older.
  const auto better = [&](const SeverityStatement& a, const SeverityStatement& b) {
    const std::size_t left = rank_of(a, feed, ecosystem);
    const std::size_t right = rank_of(b, feed, ecosystem);
    if (left != right) return left < right;
    if (a.source != b.source) return a.source < b.source;
    const bool word = a.severity != Severity::unknown;
    if (word != (b.severity != Severity::unknown)) return word;
    return a.cvss && (!b.cvss || a.cvss->version > b.cvss->version);
  };
  for (const SeverityStatement& statement : summary.severities) {
    if (severity_of(statement) == Severity::unknown) continue;
    if (best == nullptr || better(statement, *best)) best = &statement;
  }
  return best == nullptr ? Rating{} : Rating{severity_of(*best), best->source};
}

std::vector<Cvss> scores_of(const VulnerabilitySummary& summary) {
  std::vector<Cvss> scores;
  for (const SeverityStatement& statement : summary.severities) {
    if (statement.cvss) scores.push_back(*statement.cvss);
  }
  const auto before = [](const Cvss& a, const Cvss& b) {
    return std::tie(a.source, a.version, a.vector) < std::tie(b.source, b.version, b.vector);
  };
  std::ranges::sort(scores, before);
  scores.erase(std::ranges::unique(scores).begin(), scores.end());
  return scores;
}

}  // namespace oakum::advisories
