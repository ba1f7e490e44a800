// OVAL 5.11 definitions about rpm packages (https://oval.mitre.org/language/version5.11/), as SUSE, Oracle, Microsoft
// and VMware publish them: each definition's tree of criteria, flattened to one line per package and version range.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "advisories/feed.h"

namespace oakum::advisories {

// "The package is affected in these versions, where all of the conditions hold."
struct OvalPackage {
  std::string_view name;
  std::string_view introduced;     // epoch:version-release
  std::string_view fixed;          // … less than
  std::string_view last_affected;  // … less than or equal
  std::string_view arches;         // a pattern as published: "(aarch64|x86_64)"
  std::string_view comment;        // of the criterion
  // Comments of the criteria that must hold beside it: "openSUSE Leap 15.3 is installed", "Module php:8.2 is enabled".
  // Where several products are alternatives, all of them are here.
  std::vector<std::string_view> conditions;
};

struct OvalReference {
  std::string_view source;  // "CVE", "elsa", "SUSE-SU"
  std::string_view id;
  std::string_view url;
};

struct OvalCve {
  std::string_view text;   // the id, or several
  std::string_view cvss3;  // "5.9/CVSS:3.0/AV:N/…" (SUSE)
};

// Views into the document; they live until the visitor returns.
struct OvalDefinition {
  std::string_view id;
  std::string_view kind;  // attribute `class`: "vulnerability", "patch"
  std::string_view title;
  std::string_view description;
  std::string_view severity;
  std::string_view patchable;  // Microsoft: "true", "Not Applicable"
  std::string_view issued;     // date as published
  std::string_view updated;
  std::vector<std::string_view> platforms;
  std::vector<OvalReference> references;
  std::vector<OvalCve> cves;
  std::vector<OvalPackage> packages;

  // CVE ids of the `cve` elements; else of the references; else of the title. Each once, sorted.
  std::vector<std::string> cve_ids() const;
};

struct OvalHeader {
  std::string_view product_name;
  std::string_view timestamp;
};

// Reads a whole document (plain or compressed). Definitions that cannot be read become problems of the sink.
using OvalVisitor = std::function<void(const OvalHeader&, const OvalDefinition&)>;
Status read_oval(const FeedFile& file, FeedSink& sink, const OvalVisitor& visit);

// "(aarch64|x86_64)" → {"aarch64", "x86_64"}; empty for a pattern that is not such a list.
std::vector<std::string> oval_arches(std::string_view pattern);

// The range of a package as claims have it.
AffectedRange range_of(const OvalPackage& package);

// What a definition says of the vulnerability itself, with `source` as the name of who says so.
VulnerabilityRecord record_of(const OvalDefinition& definition, const std::string& cve, std::string_view source);

}  // namespace oakum::advisories
