// Counts over the findings of a check; suppressed ones are counted apart.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "model/report.h"

namespace oakum::report {

struct FindingCounts {
  std::array<std::size_t, 6> by_severity{};  // by Severity
  std::size_t total = 0, fixable = 0, safe = 0, suppressed = 0, not_evaluated = 0;
  std::size_t of(Severity severity) const { return by_severity[static_cast<std::size_t>(severity)]; }
};
FindingCounts count_findings(const Report& report);

// One thing to do: every finding of one rule. Those that remove the most come first.
struct Remedy {
  const Finding* example = nullptr;  // the worst; borrows the report, as does its target
  const Target* target = nullptr;
  std::size_t findings = 0;
  std::size_t targets = 0;
};
std::vector<Remedy> remedies(const Report& report);

}  // namespace oakum::report
