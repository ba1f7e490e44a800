#include "advisories/match.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include <fmt/format.h>

#include "advisories/precedence.h"
#include "advisories/qualifiers.h"
#include "advisories/ratings.h"
#include "advisories/record.h"
#include "advisories/support.h"
#include "advisories/vendors.h"
#include "advisories/verdict.h"
#include "base/text.h"
#include "versions/version.h"

namespace oakum::advisories {

namespace {

// Types of packages that are an operating system's, with the order of their versions.
struct SystemType {
  std::string_view type;
  VersionScheme scheme;
};
constexpr SystemType kSystemTypes[] = {
    {"deb", VersionScheme::deb},     {"apk", VersionScheme::apk},   {"rpm", VersionScheme::rpm},
    {"alpm", VersionScheme::pacman}, {"opkg", VersionScheme::opkg},
};

// Types whose ecosystem has another name (purl-spec, "Known types").
struct LanguageType {
  std::string_view type;
  std::string_view ecosystem;
};
constexpr LanguageType kLanguageTypes[] = {{"golang", "go"}, {"cargo", "crates"}, {"rubygems", "gem"}};

// What an image holds of the kernel's headers says nothing of the kernel that runs it.
constexpr std::string_view kHeaders[] = {"linux-libc-dev", "kernel-headers", "linux-headers"};
constexpr std::string_view kHeadersReason = "headers only: the kernel that runs is the host's";

// Installed once, signed by a key or holding symbols only: never the subject of an advisory.
bool is_never_vulnerable(const Package& package) {
  if (package.ecosystem != "rpm") return false;
  return package.name == "gpg-pubkey" || package.name.ends_with("-debuginfo") || package.name.ends_with("-debugsource");
}

const SystemType* system_type_of(const Package& package) {
  const auto* found = std::ranges::find(kSystemTypes, package.ecosystem, &SystemType::type);
  return found == std::end(kSystemTypes) ? nullptr : found;
}

std::string language_ecosystem(const Package& package) {
  const auto* found = std::ranges::find(kLanguageTypes, package.ecosystem, &LanguageType::type);
  return std::string(found == std::end(kLanguageTypes) ? std::string_view(package.ecosystem) : found->ecosystem);
}

// A rebuild of the same source ("+b1") has a version that its source has not (Debian Policy 5.6.12.1).
std::string_view without_rebuild(std::string_view version) {
  const std::size_t mark = version.rfind("+b");
  if (mark == std::string_view::npos || mark + 2 == version.size()) return version;
  const std::string_view digits = version.substr(mark + 2);
  const bool number = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  return number ? version.substr(0, mark) : version;
}

std::string_view source_version(const Package& package, VersionScheme scheme) {
  const std::string_view version = package.source.version.empty() ? package.version : package.source.version;
  if (scheme == VersionScheme::deb && version == package.version) return without_rebuild(version);
  return version;
}

Result<InstalledKeys> keys_of(VersionScheme scheme, std::string_view version) {
  InstalledKeys keys;
  OAKUM_TRY(keys.full, versions::key(scheme, version));
  if (scheme != VersionScheme::rpm) {
    keys.no_epoch = keys.full;
    return keys;
  }
  OAKUM_TRY(keys.no_epoch, versions::key(scheme, without_epoch(version)));
  return keys;
}

struct Candidate {
  int rank = 0;
  ClaimAndKeys at;
};

class Matcher {
 public:
  Matcher(const Database& database, const MatchOptions& options, Target& target)
      : database_(database), options_(options), target_(target) {}

  void run();

 private:
  void match_package(std::size_t index);
  void match_in(std::size_t index, const std::string& ecosystem, VersionScheme scheme);
  const std::vector<StoredClaim>& claims(const std::string& ecosystem, const std::string& package);
  const VulnerabilitySummary& summary(std::string_view id);
  void gather(const std::string& ecosystem, const Package& package, PackageName by, VersionScheme scheme,
              const InstalledKeys& keys, std::vector<Candidate>& out);
  void report(std::size_t index, const std::string& ecosystem, const Verdict& verdict, VersionScheme scheme);
  void describe(Vulnerability& found);
  void add(Unevaluated::Kind kind, std::string subject, std::string detail) {
    target_.unevaluated.push_back({kind, std::move(subject), std::move(detail)});
  }

  const Database& database_;
  const MatchOptions& options_;
  Target& target_;
  std::map<std::pair<std::string, std::string>, std::vector<StoredClaim>> claims_;
  std::unordered_map<std::string, VulnerabilitySummary> summaries_;
  std::unordered_map<std::string, VulnerabilityDetails> details_;
};

const std::vector<StoredClaim>& Matcher::claims(const std::string& ecosystem, const std::string& package) {
  const auto [place, fresh] = claims_.try_emplace({ecosystem, package});
  if (fresh) place->second = database_.claims(ecosystem, package);
  return place->second;
}

const VulnerabilitySummary& Matcher::summary(std::string_view id) {
  const auto [place, fresh] = summaries_.try_emplace(std::string(id));
  if (fresh) place->second = database_.summary(id).value_or(VulnerabilitySummary());
  return place->second;
}

// Claims by source are kept under the source's name, claims by binary under the package's; apk's feeds name both alike.
void Matcher::gather(const std::string& ecosystem, const Package& package, PackageName by, VersionScheme scheme,
                     const InstalledKeys& keys, std::vector<Candidate>& out) {
  const std::string& name =
      by == PackageName::source && !package.source.name.empty() ? package.source.name : package.name;
  const bool either = scheme == VersionScheme::apk && (by == PackageName::binary || name != package.name);
  for (const StoredClaim& claim : claims(ecosystem, name)) {
    if (claim.by != by && !either) continue;
    if (!holds_for_arch(claim, package) || !holds_for_module(claim, package, ecosystem)) continue;
    out.push_back({precedence(ecosystem, claim.feed), {&claim, &keys}});
  }
}

void Matcher::match_in(std::size_t index, const std::string& ecosystem, VersionScheme scheme) {
  const Package& package = target_.packages[index];
  const auto binary = keys_of(scheme, package.version);
  auto source = keys_of(scheme, source_version(package, scheme));
  if (!binary || !source) {
    const Error& error = binary ? source.error() : binary.error();
    add(Unevaluated::Kind::bad_version, package.name, fmt::format("its version does not parse: {}", error.message()));
    return;
  }
  // The builder left the epochs of claims by source out (without_epoch()).
  if (scheme == VersionScheme::rpm) source->full = source->no_epoch;
  std::vector<Candidate> candidates;
  gather(ecosystem, package, PackageName::source, scheme, *source, candidates);
  gather(ecosystem, package, PackageName::binary, scheme, *binary, candidates);
  std::ranges::stable_sort(candidates, [](const Candidate& a, const Candidate& b) {
    return std::tie(a.at.claim->vulnerability, a.rank, a.at.claim->feed) <
           std::tie(b.at.claim->vulnerability, b.rank, b.at.claim->feed);
  });

  static const std::vector<std::string> no_channels;
  const auto& channels = target_.distribution ? target_.distribution->channels : no_channels;
  const std::string_view flavour = flavour_of(package.version);
  const bool comparable = flavour.empty() || std::ranges::any_of(candidates, [&](const Candidate& candidate) {
                            return flavour_of_channel(candidate.at.claim->channel) == flavour;
                          });
  if (!comparable && !candidates.empty()) {
    add(Unevaluated::Kind::no_data, package.name,
        fmt::format("{} is a {} build, for which there are no advisories", package.version, flavour));
  }
  for (std::size_t i = 0; i < candidates.size();) {
    std::vector<ClaimAndKeys> best;
    std::size_t next = i;
    for (; next < candidates.size(); ++next) {
      const StoredClaim& claim = *candidates[next].at.claim;
      if (claim.vulnerability != candidates[i].at.claim->vulnerability) break;
      if (claim.feed == candidates[i].at.claim->feed) best.push_back(candidates[next].at);
    }
    i = next;
    report(index, ecosystem, judge(best, channels, flavour, merge_for(scheme)), scheme);
  }
}

void Matcher::describe(Vulnerability& found) {
  if (!options_.details) return;
  // The binaries of one source have the same vulnerabilities: each text is unpacked once.
  const auto [place, fresh] = details_.try_emplace(found.id);
  if (fresh) place->second = database_.details(found.id).value_or(VulnerabilityDetails());
  found.title = place->second.title;
  found.description = place->second.description;
  found.references = place->second.references;
  found.cwes = place->second.cwes;
}

// A release past its end gets no fix for what is open.
void close_status(const Target& target, const Verdict& verdict, Vulnerability& found) {
  found.status = verdict.status;
  found.status_reason = verdict.reason;
  if (!target.past_end_of_life || verdict.status != FixStatus::affected) return;
  found.status = FixStatus::end_of_life;
  if (found.status_reason.empty()) found.status_reason = target.ecosystem + " is past its end of life";
}

void rank_headers_down(const Package& package, Vulnerability& found) {
  const bool headers = std::ranges::any_of(kHeaders, [&](std::string_view name) {
    return package.name == name || (package.name.starts_with(name) && package.name[name.size()] == '-');
  });
  if (!headers) return;
  if (found.severity > Severity::low) {
    found.severity = Severity::low;
    found.severity_source = "oakum";
  }
  if (!found.status_reason.empty()) found.status_reason += "; ";
  found.status_reason += kHeadersReason;
}

void Matcher::report(std::size_t index, const std::string& ecosystem, const Verdict& verdict, VersionScheme scheme) {
  if (verdict.outcome == Outcome::safe) return;
  const Package& package = target_.packages[index];
  const StoredClaim& claim = *verdict.claim;
  if (verdict.outcome == Outcome::unreadable) {
    add(Unevaluated::Kind::bad_version, package.name,
        fmt::format("{}: the version \"{}\" of the advisory does not parse", claim.vulnerability,
                    printable(verdict.unreadable, 100)));
    return;
  }
  const VulnerabilitySummary& about = summary(claim.vulnerability);
  Vulnerability found;
  found.id = claim.vulnerability;
  found.aliases = about.aliases;
  found.advisories = verdict.advisories;
  found.package = index;
  found.installed = claim.by == PackageName::source ? source_version(package, scheme) : package.version;
  found.fixed = verdict.fixed;
  close_status(target_, verdict, found);
  Rating rating = rate(verdict.severity, claim.feed, ecosystem, about);
  found.severity = rating.severity;
  found.severity_source = std::move(rating.source);
  found.cvss = scores_of(about);
  found.kev = about.kev;
  found.kev_due = about.kev_due;
  found.kev_ransomware = about.kev_ransomware;
  found.epss = about.epss;
  found.epss_percentile = about.epss_percentile;
  found.source = claim.feed == "osv" ? fmt::format("osv:{}", family_of(ecosystem)) : std::string(claim.feed);
  found.published = about.published;
  found.modified = about.modified;
  rank_headers_down(package, found);
  describe(found);
  target_.vulnerabilities.push_back(std::move(found));
}

void Matcher::match_package(std::size_t index) {
  const Package& package = target_.packages[index];
  if (is_never_vulnerable(package)) return;
  const SystemType* system = system_type_of(package);
  if (system == nullptr) {
    const std::string ecosystem = language_ecosystem(package);
    if (const auto scheme = scheme_of(ecosystem)) match_in(index, ecosystem, *scheme);
    return;
  }
  if (target_.ecosystem.empty()) return;  // said once, of the whole target
  if (is_foreign(package, target_.ecosystem)) {
    add(Unevaluated::Kind::foreign_package, package.name,
        fmt::format("{} is by {}: the advisories of {} do not speak of it", package.version,
                    printable(package.vendor, 100), target_.ecosystem));
    return;
  }
  if (scheme_of(target_.ecosystem) != system->scheme) {
    add(Unevaluated::Kind::foreign_package, package.name,
        fmt::format("a package of type {} on {}, which has others", package.ecosystem, target_.ecosystem));
    return;
  }
  match_in(index, target_.ecosystem, system->scheme);
}

void Matcher::run() {
  target_.vulnerabilities.clear();
  assess_support(database_, options_.today.empty() ? today() : options_.today, target_);
  const auto is_system = [](const Package& package) { return system_type_of(package) != nullptr; };
  if (!target_.ecosystem.empty() && std::ranges::none_of(target_.packages, is_system)) {
    add(Unevaluated::Kind::no_data, target_.ecosystem,
        "no package database was found in it, so that what is installed is not known");
  }
  for (std::size_t i = 0; i < target_.packages.size(); ++i) match_package(i);
  std::ranges::stable_sort(target_.vulnerabilities, [](const Vulnerability& a, const Vulnerability& b) {
    return std::tuple(a.package, b.severity, std::string_view(a.id)) <
           std::tuple(b.package, a.severity, std::string_view(b.id));
  });
  if (database_.damaged()) {
    add(Unevaluated::Kind::no_data, database_.info().path,
        "parts of the database do not read, so that findings may be missing; build it anew with `oakum db update`");
  }
  const auto key = [](const Unevaluated& entry) { return std::tie(entry.kind, entry.subject, entry.detail); };
  std::ranges::stable_sort(target_.unevaluated, [&](const auto& a, const auto& b) { return key(a) < key(b); });
  target_.unevaluated.erase(std::ranges::unique(target_.unevaluated).begin(), target_.unevaluated.end());
}

}  // namespace

void match(const Database& database, const MatchOptions& options, Target& target) {
  Matcher(database, options, target).run();
}

}  // namespace oakum::advisories
