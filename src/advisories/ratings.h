// How bad a vulnerability is said to be, and by whom.
#pragma once

#include <string>
#include <string_view>

#include "advisories/database.h"

namespace oakum::advisories {

struct Rating {
  Severity severity = Severity::unknown;
  std::string source;  // who said so; empty when nobody did
};

// The word on this package first (`own`, by `feed`), then the distribution's on the vulnerability, then CVSS.
Rating rate(Severity own, std::string_view feed, std::string_view ecosystem, const VulnerabilitySummary& summary);

// All scores, sorted by source and version.
std::vector<Cvss> scores_of(const VulnerabilitySummary& summary);

}  // namespace oakum::advisories
