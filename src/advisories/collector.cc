#include "advisories/collector.h"

#include <algorithm>

#include "advisories/record.h"
#include "base/text.h"

namespace oakum::advisories {

namespace {

constexpr std::size_t kMaxReferences = 64;
constexpr std::size_t kMaxDescription = 256U << 10;

// At most `limit` bytes, ending at a character's end.
void cut(std::string& text, std::size_t limit) {
  if (text.size() <= limit) return;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U) --limit;
  text.resize(limit);
}

// Errata list the builds that have the fix: several ranges from the first version on are several builds, of module
// streams or of minor releases, and each is a claim of its own. Ranges of branches start somewhere.
bool lists_builds(const Claim& claim) {
  return claim.ranges.size() > 1 && claim.versions.empty() &&
         std::ranges::all_of(claim.ranges, [](const AffectedRange& range) {
           return (range.introduced.empty() || range.introduced == "0") && !range.fixed.empty();
         });
}

}  // namespace

std::string_view iso_day(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return {};
  const auto year = parse_number<unsigned>(text.substr(0, 4));
  const auto month = parse_number<unsigned>(text.substr(5, 2));
  const auto day = parse_number<unsigned>(text.substr(8, 2));
  const bool sound =
      year && month && day && *year >= 1990 && *year < 2100 && *month >= 1 && *month <= 12 && *day >= 1 && *day <= 31;
  return sound ? text.substr(0, 10) : std::string_view();
}

std::uint32_t Names::add(std::string_view text) {
  if (const auto found = numbers_.find(text); found != numbers_.end()) return found->second;
  const auto number = static_cast<std::uint32_t>(texts_.size());
  numbers_.emplace(texts_.emplace_back(text), number);
  return number;
}

bool Collector::usable_id(std::string_view id) {
  if (!id.empty() && id.size() <= kMaxIdLength) return true;
  problem(printable(id, 60), id.empty() ? "a record without an id" : "its id is too long");
  return false;
}

void Collector::claim(Claim claim) {
  if (!usable_id(claim.vulnerability)) return;
  if (claim.package.empty() || claim.package.size() > kMaxPackageLength || claim.ecosystem.empty() ||
      claim.ecosystem.size() > kMaxEcosystemLength) {
    problem(claim.vulnerability, "a claim whose package or ecosystem has no name, or one that is too long");
    return;
  }
  const auto scheme = scheme_of(claim.ecosystem);
  if (scheme != VersionScheme::rpm || !lists_builds(claim)) return store(claim, scheme);
  for (const AffectedRange& range : claim.ranges) {
    Claim one = claim;
    one.ranges = {range};
    store(one, scheme);
  }
}

void Collector::store(const Claim& claim, std::optional<VersionScheme> scheme) {
  std::vector<std::string> bad_versions;
  const std::string body = encode_claim_body(claim, scheme, bad_versions);
  for (const std::string& bad : bad_versions) problem(claim.ecosystem, bad);
  if (!scheme) problem(claim.vulnerability, "its ecosystem's order of versions is not known: " + claim.ecosystem);

  PendingClaim pending;
  pending.key = out_.names.add(database_key(claim.ecosystem, claim.package));
  pending.vulnerability = out_.names.add(claim.vulnerability);
  pending.advisory = out_.names.add(claim.advisory);
  pending.size = static_cast<std::uint32_t>(body.size());
  pending.offset = out_.bodies.size();
  out_.bodies += body;
  out_.claims.push_back(pending);
  out_.ecosystems.insert(claim.ecosystem);
  ++out_.count;
}

void Collector::vulnerability(VulnerabilityRecord record) {
  if (!usable_id(record.id)) return;
  PendingRecord pending;
  pending.id = out_.names.add(record.id);
  pending.withdrawn = record.withdrawn;
  if (!record.withdrawn) {
    for (const std::string& alias : record.aliases) {
      if (alias != record.id && usable_id(alias)) pending.aliases.push_back(out_.names.add(alias));
    }
    cut(record.title, 1024);
    cut(record.description, kMaxDescription);
    if (record.references.size() > kMaxReferences) record.references.resize(kMaxReferences);
    encode(record.severities, pending.severities);
    const VulnerabilityDetails details{std::move(record.title), std::move(record.description),
                                       std::move(record.references), std::move(record.cwes)};
    pending.details = compressor_.compress(encode(details));
  }
  if (const std::string_view day = iso_day(record.modified); !day.empty()) ++out_.days[std::string(day)];
  pending.published = std::move(record.published);
  pending.modified = std::move(record.modified);
  out_.records.push_back(std::move(pending));
  ++out_.count;
}

void Collector::kev(KevRecord record) {
  if (!usable_id(record.cve)) return;
  if (const std::string_view day = iso_day(record.date_added); !day.empty()) ++out_.days[std::string(day)];
  out_.kev.push_back({out_.names.add(record.cve), std::move(record.due_date), record.ransomware});
  ++out_.count;
}

void Collector::epss(EpssRecord record) {
  if (!usable_id(record.cve)) return;
  out_.epss.push_back({out_.names.add(record.cve), record.score, record.percentile});
  ++out_.count;
}

void Collector::lifecycle(LifecycleRecord record) {
  if (record.product.empty() || record.product.size() + record.cycle.size() > kMaxIdLength) {
    problem(printable(record.product, 60), "a release cycle whose product has no name, or one that is too long");
    return;
  }
  out_.lifecycles.push_back(std::move(record));
  ++out_.count;
}

void Collector::covers(std::string_view ecosystem) {
  if (!ecosystem.empty() && ecosystem.size() <= kMaxEcosystemLength) out_.coverage.emplace(ecosystem);
}

void Collector::problem(std::string_view place, std::string_view message) {
  ++out_.problem_count;
  if (out_.problems.size() >= kMaxProblems) return;
  out_.problems.push_back({ErrorCode::invalid, path_ + ": " + std::string(place), std::string(message), {}});
}

void Collector::dated(std::string_view date) {
  const std::string_view day = iso_day(date);
  if (day > std::string_view(out_.stated_date)) out_.stated_date = day;
}

}  // namespace oakum::advisories
