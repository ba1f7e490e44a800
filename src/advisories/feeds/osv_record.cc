#include "advisories/feeds/osv_record.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "advisories/feeds/cvss.h"
#include "advisories/feeds/names.h"
#include "advisories/feeds/osv_ranges.h"
#include "base/text.h"
#include "versions/version.h"

namespace oakum::advisories {

namespace {

// What the prefix of an id says of the record.
struct Origin {
  std::string_view prefix;
  std::string_view source;  // of its severities
  bool notice;              // a distribution's notice: fixes the vulnerabilities of `upstream` (older: `related`)
  bool wraps_cve;           // the id is a CVE behind the prefix
  bool bugfix = false;      // mends faults; about security only where it names a CVE
};
constexpr Origin kOrigins[] = {
    {"ALSA-", "alma", true, false},         {"ALBA-", "alma", true, false, true},
    {"ALEA-", "alma", true, false, true},   {"RLSA-", "rocky", true, false},
    {"RXSA-", "rocky", true, false},        {"RHSA-", "redhat", true, false},
    {"RHBA-", "redhat", true, false, true}, {"RHEA-", "redhat", true, false, true},
    {"SUSE-", "suse", true, false},         {"openSUSE-", "suse", true, false},
    {"USN-", "ubuntu", true, false},        {"LSN-", "ubuntu", true, false},
    {"DSA-", "debian", true, false},        {"DLA-", "debian", true, false},
    {"DTSA-", "debian", true, false},       {"PHSA-", "photon", true, false},
    {"AZL-", "azurelinux", true, false},    {"CGA-", "chainguard", true, false},
    {"UBUNTU-CVE-", "ubuntu", false, true}, {"DEBIAN-CVE-", "debian", false, true},
    {"ALPINE-CVE-", "alpine", false, true}, {"GHSA-", "ghsa", false, false},
    {"PYSEC-", "pysec", false, false},      {"GO-", "go", false, false},
    {"RUSTSEC-", "rustsec", false, false},  {"BIT-", "bitnami", false, false},
    {"MAL-", "ossf", false, false},         {"", "osv", false, false},
};

const Origin& origin_of(std::string_view id) {
  return *std::ranges::find_if(kOrigins, [&](const Origin& row) { return id.starts_with(row.prefix); });
}

struct Identity {
  std::string id;
  const Origin* origin;
  std::vector<std::string> aliases;  // other names of the same vulnerability
  std::vector<std::string> names;    // what claims are made about: CVEs, else the id
  std::string advisory;              // the id where it is a notice
};

void add_unique(std::vector<std::string>& list, std::string_view text) {
  if (std::ranges::find(list, text) == list.end()) list.emplace_back(text);
}

void add_cves(JsonValue record, std::string_view key, std::vector<std::string>& names) {
  each_text_at(record, key, [&](std::string_view id) {
    if (is_cve(id)) add_unique(names, id);
  });
}

// Claims are by CVE where the record names any. A record with several CVEs is about several vulnerabilities, whatever
// it calls an alias, so it joins none of them.
Identity identity_of(JsonValue record, std::string_view id) {
  Identity who;
  who.id = id;
  who.origin = &origin_of(id);
  if (is_cve(id)) add_unique(who.names, id);
  if (who.origin->wraps_cve) add_unique(who.names, id.substr(who.origin->prefix.size() - 4));
  add_cves(record, "aliases", who.names);
  if (who.origin->notice) {
    who.advisory = id;
    add_cves(record, "upstream", who.names);
    if (who.names.empty()) add_cves(record, "related", who.names);
  }
  if (who.names.empty()) who.names.push_back(who.id);
  if (!who.origin->notice && !who.origin->wraps_cve && who.names.size() == 1) {
    each_text_at(record, "aliases", [&](std::string_view alias) { add_unique(who.aliases, alias); });
  }
  return who;
}

// --- claims -----------------------------------------------------------------------------------------------------

// A purl's qualifier ("…?arch=source&distro=esm-apps/focal", "distro") or "".
std::string_view purl_qualifier(std::string_view purl, std::string_view key) {
  const std::size_t question = purl.find('?');
  if (question == std::string_view::npos) return {};
  std::string_view rest = purl.substr(question + 1);
  rest = rest.substr(0, rest.find('#'));
  while (!rest.empty()) {
    std::string_view value = next_field(rest, '&');
    if (next_field(value, '=') == key) return value;
  }
  return {};
}

std::string pro_channel(std::string_view fallback, std::string_view purl) {
  std::string_view distro = purl_qualifier(purl, "distro");
  for (const std::string_view slash : {"/", "%2F"}) {
    const std::size_t at = distro.find(slash);
    if (at != std::string_view::npos && at > 0) return std::string(distro.substr(0, at));
  }
  return std::string(fallback);
}

// AlmaLinux names the module only in the summary: "Important: container-tools:rhel8 security update", and marks the
// packages' releases with ".module_el".
std::string module_of(std::string_view summary) {
  while (!summary.empty()) {
    const std::string_view word = next_field(summary, ' ');
    const std::size_t colon = word.find(':');
    if (colon != std::string_view::npos && colon > 0 && colon + 1 < word.size()) return std::string(word);
  }
  return {};
}

bool is_modular(const Claim& claim) {
  return std::ranges::any_of(claim.ranges, [](const AffectedRange& range) {
    return range.fixed.find(".module_el") != std::string::npos || range.fixed.find(".module+el") != std::string::npos;
  });
}

// One erratum of an rpm distribution lists each build that has the fix, of several minor releases: a package is fixed
// from the lowest on.
void keep_lowest_fix(Claim& claim) {
  const std::optional<VersionScheme> scheme = scheme_of(claim.ecosystem);
  if (claim.ranges.size() < 2 || scheme != VersionScheme::rpm) return;
  const bool plain = std::ranges::all_of(
      claim.ranges, [](const AffectedRange& range) { return range.introduced.empty() && !range.fixed.empty(); });
  if (!plain) return;
  AffectedRange lowest = claim.ranges.front();
  for (const AffectedRange& range : claim.ranges) {
    const Result<std::strong_ordering> order = versions::compare(*scheme, range.fixed, lowest.fixed);
    if (!order) return;
    if (*order < 0) lowest = range;
  }
  claim.ranges = {std::move(lowest)};
}

bool is_informational(JsonValue affected) {
  const std::optional<JsonValue> database = object_at(affected, "database_specific");
  if (!database) return false;
  const std::string_view word = text_at(*database, "informational");
  return word == "unmaintained" || word == "notice";
}

bool is_unsound(JsonValue affected) {
  const std::optional<JsonValue> database = object_at(affected, "database_specific");
  return database && text_at(*database, "informational") == "unsound";
}

// The distribution's word for the package, where there is one.
Severity word_for_package(JsonValue affected) {
  const std::optional<JsonValue> specific = object_at(affected, "ecosystem_specific");
  if (!specific) return Severity::unknown;
  std::string_view word = text_at(*specific, "ubuntu_priority");
  if (word.empty()) word = text_at(*specific, "urgency");
  return parse_severity(word).value_or(Severity::unknown);
}

// Errata begin with the vendor's rating: "Important: kernel security update".
Severity word_of_summary(std::string_view summary) {
  return parse_severity(summary.substr(0, summary.find(':'))).value_or(Severity::unknown);
}

// The entries of `affected` joined by ecosystem, channel and package: the same package may come several times.
class ClaimSet {
 public:
  ClaimSet(const Identity& who, std::string_view summary, OsvTally& tally)
      : who_(who), summary_(summary), tally_(tally) {}

  void add(JsonValue affected) {
    const std::optional<JsonValue> package = object_at(affected, "package");
    if (!package) return;
    const std::string_view osv = text_at(*package, "ecosystem");
    const std::string_view raw_name = text_at(*package, "name");
    if (raw_name.empty() || raw_name.size() > kLongestName) return;
    std::optional<EcosystemName> where = ecosystem_of_osv(osv);
    if (!where) {
      if (!is_known_osv_family(osv) && tally_.unknown.size() < kMostUnknown) tally_.unknown.emplace(osv.substr(0, 80));
      return;
    }
    if (is_informational(affected)) {
      ++tally_.informational;
      return;
    }
    if (!where->channel.empty() && where->ecosystem.starts_with("ubuntu:")) {
      where->channel = pro_channel(where->channel, text_at(*package, "purl"));
    }
    Claim& claim = at(*where, normalised_name(where->ecosystem, raw_name));
    claim.severity = std::max(claim.severity, word_for_package(affected));
    if (is_unsound(affected)) claim.reason = "unsound: sound use is possible, undefined behaviour too";
    add_affected(affected, claim);
  }

  void push(FeedSink& sink) {
    for (auto& [key, claim] : claims_) {
      if (claim.ranges.empty() && claim.versions.empty()) continue;
      finish(claim);
      tally_.ecosystems.insert(claim.ecosystem);
      for (const std::string& name : who_.names) {
        Claim copy = claim;
        copy.vulnerability = name;
        sink.claim(std::move(copy));
      }
    }
  }

 private:
  static constexpr std::size_t kLongestName = 1024;
  static constexpr std::size_t kMostUnknown = 100;

  Claim& at(const EcosystemName& where, std::string name) {
    auto [it, fresh] = claims_.try_emplace({where.ecosystem, where.channel, name});
    if (fresh) {
      it->second.ecosystem = where.ecosystem;
      it->second.channel = where.channel;
      it->second.by = where.by;
      it->second.package = std::move(name);
      it->second.advisory = who_.advisory;
    }
    return it->second;
  }

  void finish(Claim& claim) const {
    const bool fixed = std::ranges::any_of(claim.ranges, [](const AffectedRange& r) { return !r.fixed.empty(); });
    claim.status = fixed ? FixStatus::fixed : FixStatus::affected;
    if (!who_.origin->notice) return;
    if (claim.severity == Severity::unknown) claim.severity = word_of_summary(summary_);
    if (is_modular(claim)) claim.module = module_of(summary_);
    keep_lowest_fix(claim);
  }

  const Identity& who_;
  std::string_view summary_;
  OsvTally& tally_;
  std::map<std::tuple<std::string, std::string, std::string>, Claim> claims_;
};

// --- the vulnerability itself -----------------------------------------------------------------------------------

void add_severities(JsonValue parent, std::string_view source, Severity word, VulnerabilityRecord& record) {
  each_at(parent, "severity", [&](JsonValue item) {
    const std::string_view type = text_at(item, "type");
    const std::string_view score = text_at(item, "score");
    if (type == "Ubuntu") {
      record.severities.push_back({"ubuntu", parse_severity(score).value_or(Severity::unknown), std::nullopt});
      return;
    }
    std::optional<Cvss> cvss = cvss_of(source, score);
    if (!cvss) return;
    const bool known = std::ranges::any_of(record.severities, [&](const SeverityStatement& statement) {
      return statement.cvss && statement.cvss->vector == cvss->vector;
    });
    if (known) return;
    const Severity severity = word != Severity::unknown ? word : severity_of_cvss(cvss->score);
    record.severities.push_back({std::string(source), severity, std::move(cvss)});
  });
}

void fill_severities(JsonValue json, const Identity& who, VulnerabilityRecord& record) {
  const std::optional<JsonValue> database = object_at(json, "database_specific");
  Severity word =
      database ? parse_severity(text_at(*database, "severity")).value_or(Severity::unknown) : Severity::unknown;
  // Malicious packages carry no rating; running one is the worst that can happen.
  if (who.id.starts_with("MAL-")) word = Severity::critical;
  add_severities(json, who.origin->source, word, record);
  each_at(json, "affected", [&](JsonValue affected) { add_severities(affected, who.origin->source, word, record); });
  bool unsound = false;
  each_at(json, "affected", [&](JsonValue affected) { unsound = unsound || is_unsound(affected); });
  if (record.severities.empty() && unsound) word = Severity::info;
  if (record.severities.empty() && word != Severity::unknown) {
    record.severities.push_back({std::string(who.origin->source), word, std::nullopt});
  }
}

void fill_texts(JsonValue json, VulnerabilityRecord& record) {
  record.title = text_at(json, "summary");
  record.description = text_at(json, "details");
  record.published = text_at(json, "published");
  record.modified = text_at(json, "modified");
  each_at(json, "references", [&](JsonValue reference) {
    const std::string_view url = text_at(reference, "url");
    if (!url.empty()) record.references.emplace_back(url);
  });
  if (const std::optional<JsonValue> database = object_at(json, "database_specific")) {
    each_text_at(*database, "cwe_ids", [&](std::string_view cwe) { add_unique(record.cwes, cwe); });
  }
}

// A notice describes an update, not the vulnerabilities that it fixes: of it only its own id is kept, where that is
// what claims are made about.
void push_vulnerability(JsonValue json, const Identity& who, FeedSink& sink) {
  const bool about_update = who.origin->notice && who.names.front() != who.id;
  if (about_update) return;
  VulnerabilityRecord record;
  fill_texts(json, record);
  fill_severities(json, who, record);
  if (who.names.size() == 1) {
    record.id = who.origin->wraps_cve ? who.names.front() : who.id;
    record.aliases = who.aliases;
    std::erase(record.aliases, record.id);
    sink.vulnerability(std::move(record));
    return;
  }
  for (const std::string& name : who.names) {
    VulnerabilityRecord copy = record;
    copy.id = name;
    sink.vulnerability(std::move(copy));
  }
}

}  // namespace

Status read_osv_record(JsonValue record, FeedSink& sink, OsvTally& tally) {
  const std::string_view id = text_at(record, "id");
  if (id.empty() || id.size() > 256) return fail(ErrorCode::invalid, "OSV record", "has no id");
  ++tally.records;
  const std::string_view published = text_at(record, "published").substr(0, 10);
  if (published > tally.newest) tally.newest = published;
  // Mostly duplicates of another record: nothing of this one counts, and its aliases are not withdrawn with it.
  if (!text_at(record, "withdrawn").empty()) {
    ++tally.withdrawn;
    return {};
  }
  const Identity who = identity_of(record, id);
  if (who.origin->bugfix && who.names.front() == who.id) {
    ++tally.informational;
    return {};
  }
  ClaimSet claims(who, text_at(record, "summary"), tally);
  each_at(record, "affected", [&](JsonValue affected) { claims.add(affected); });
  claims.push(sink);
  push_vulnerability(record, who, sink);
  return {};
}

void note_unknown(const OsvTally& tally, std::string_view place, FeedSink& sink) {
  for (const std::string& name : tally.unknown) {
    sink.note(std::string(place) + ": entries of the ecosystem '" + printable(name, 80) +
              "' are skipped: oakum does not know it");
  }
}

}  // namespace oakum::advisories
