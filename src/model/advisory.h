// What feeds say, in the one shape into which every feed is read and from which the database is built.
//
// A feed makes claims about (ecosystem, package, vulnerability). Several feeds, and several advisories of one feed,
// may speak of the same vulnerability; merging them is the matcher's work, not the feed's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/severity.h"
#include "model/vulnerability.h"

namespace oakum {

// Versions v with introduced <= v, and v < fixed or v <= last_affected. Empty `introduced` means from the first;
// with both ends empty the range is open: affected, no fix. At most one of the two ends is set.
struct AffectedRange {
  std::string introduced;
  std::string fixed;
  std::string last_affected;
  bool operator==(const AffectedRange&) const = default;
};

enum class PackageName : std::uint8_t {
  source,  // the distribution's data is by source package
  binary,  // … by installed package (also every language ecosystem)
};

// One claim: "in this ecosystem, these versions of this package have this vulnerability".
struct Claim {
  std::string ecosystem;  // "debian:12", "npm" (model/distribution.h, ecosystem_of)
  PackageName by = PackageName::binary;
  std::string package;        // normalised as the ecosystem compares names
  std::string vulnerability;  // CVE id where the feed has one, else the advisory's own id; one claim per CVE
  std::string advisory;       // the notice: "DSA-5417-1", "ALSA-2024:1234"; empty without
  FixStatus status = FixStatus::affected;  // fixed: a range has `fixed`. not_affected: no range, the package is safe
  std::string reason;                      // vendor's words for will_not_fix, fix_deferred and the like
  std::vector<AffectedRange> ranges;
  std::vector<std::string> versions;      // further affected versions, listed one by one
  Severity severity = Severity::unknown;  // the vendor's own word for this package, when it has one
  // Qualifiers: a claim holds only for packages that satisfy every one that is set.
  std::string module;               // rpm module "name:stream"; a claim without holds only for packages without
  std::vector<std::string> arches;  // in the package's words; empty means any
  std::string channel;              // "": the release itself; else "esm-infra", "esm-apps", "fips-updates", "eus:9.4",
                                    // "ksplice", "fips": only for systems or package flavours of that stream
};

// What is known of a vulnerability itself, whatever package it is in.
struct SeverityStatement {
  std::string source;  // "debian", "ghsa", "nvd", "redhat", "cisa", "ubuntu", …
  Severity severity = Severity::unknown;
  std::optional<Cvss> cvss;
};

struct VulnerabilityRecord {
  std::string id;
  std::vector<std::string> aliases;  // the same vulnerability by other names (not "related", not "upstream" of a notice
                                     // that fixes several)
  std::string title;
  std::string description;
  std::vector<SeverityStatement> severities;
  std::vector<std::string> references;
  std::vector<std::string> cwes;
  std::string published;
  std::string modified;
  bool withdrawn = false;  // upstream took it back: no claim about it counts
};

struct KevRecord {
  std::string cve;
  std::string date_added;
  std::string due_date;
  bool ransomware = false;
};

struct EpssRecord {
  std::string cve;
  double score = 0;
  double percentile = 0;
};

// One release cycle of an operating system (endoflife.date). Dates are ISO; empty when upstream gives none.
struct LifecycleRecord {
  std::string product;   // endoflife.date's name: "debian"
  std::string cycle;     // "12"
  std::string codename;  // lower case
  std::string released;
  std::string end_of_support;
  std::string end_of_life;          // security support ends
  std::string end_of_extended;      // paid or long-term support ends
  bool ended_without_date = false;  // upstream says "ended" and no date
};

}  // namespace oakum
