#include "report/finding_count.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace oakum::report {

FindingCounts count_findings(const Report& report) {
  FindingCounts counts;
  for (const Target& target : report.targets) {
    counts.not_evaluated += target.not_evaluated.size();
    for (const Finding& finding : target.findings) {
      if (finding.suppressed) {
        ++counts.suppressed;
        continue;
      }
      ++counts.total;
      ++counts.by_severity[static_cast<std::size_t>(finding.severity)];
      const FixSafety safety = finding.fix.safety;
      counts.safe += safety == FixSafety::safe ? 1 : 0;
      counts.fixable += safety == FixSafety::safe || safety == FixSafety::unsafe ? 1 : 0;
    }
  }
  return counts;
}

std::vector<Remedy> remedies(const Report& report) {
  std::map<std::string_view, Remedy> by_rule;
  for (const Target& target : report.targets) {
    std::map<std::string_view, bool> seen;
    for (const Finding& finding : target.findings) {
      if (finding.suppressed || finding.fix.summary.empty()) continue;
      Remedy& remedy = by_rule[finding.rule];
      if (remedy.example == nullptr || finding.severity > remedy.example->severity) {
        remedy.example = &finding;
        remedy.target = &target;
      }
      ++remedy.findings;
      if (!seen[finding.rule]) ++remedy.targets;
      seen[finding.rule] = true;
    }
  }
  std::vector<Remedy> sorted;
  for (const auto& [rule, remedy] : by_rule) sorted.push_back(remedy);
  std::ranges::stable_sort(sorted, [](const Remedy& a, const Remedy& b) {
    return std::tuple(a.example->severity, a.findings) > std::tuple(b.example->severity, b.findings);
  });
  return sorted;
}

}  // namespace oakum::report
