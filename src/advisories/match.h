// Which vulnerabilities the packages of a target have.
#pragma once

#include <string>
#include <vector>

#include "advisories/database.h"
#include "model/report.h"

namespace oakum::advisories {

struct MatchOptions {
  std::string today;    // ISO date, for end-of-life; empty: the clock's
  bool details = true;  // fill title, description, references (the report asks for them)
};

// Reads target.distribution, .ecosystem and .packages; sets .vulnerabilities, .unevaluated, .end_of_life and
// .past_end_of_life. One entry per (package, canonical id); of a source package's binaries each has its own.
void match(const Database& database, const MatchOptions& options, Target& target);

}  // namespace oakum::advisories
