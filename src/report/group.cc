#include "report/group.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace oakum::report {

namespace {

// Worse first: known exploited, severity, probability of exploitation, then the name for a fixed order.
bool worse(const Vulnerability* a, const Vulnerability* b) {
  const auto rank = [](const Vulnerability& v) { return std::tuple(v.kev, v.severity, v.epss.value_or(0)); };
  if (rank(*a) != rank(*b)) return rank(*a) > rank(*b);
  return a->id < b->id;
}

Severity worst_of(const Group& group) { return std::ranges::max(group.rows, {}, &Vulnerability::severity)->severity; }

bool worse_group(const Group& a, const Group& b) {
  if (a.rows.front()->kev != b.rows.front()->kev) return a.rows.front()->kev;
  if (worst_of(a) != worst_of(b)) return worst_of(a) > worst_of(b);
  if (a.rows.size() != b.rows.size()) return a.rows.size() > b.rows.size();
  return std::tie(a.source, a.version) < std::tie(b.source, b.version);
}

}  // namespace

std::vector<Group> group_by_source(const Target& target, bool suppressed) {
  std::map<std::tuple<std::string, std::string, std::string>, Group> groups;
  for (const Vulnerability& vulnerability : target.vulnerabilities) {
    if (vulnerability.suppressed.has_value() != suppressed) continue;
    if (vulnerability.package >= target.packages.size()) continue;
    const Package& package = target.packages[vulnerability.package];
    Group& group = groups[{package.source.name, package.source.version, package.layer}];
    group.source = package.source.name;
    group.version = package.source.version;
    group.layer = package.layer;
    if (std::ranges::find(group.binaries, package.name) == group.binaries.end()) group.binaries.push_back(package.name);
    const auto same = std::ranges::find(group.rows, vulnerability.id, &Vulnerability::id);
    if (same == group.rows.end())
      group.rows.push_back(&vulnerability);
    else if (worse(&vulnerability, *same))
      *same = &vulnerability;
  }
  std::vector<Group> result;
  for (auto& [key, group] : groups) {
    std::ranges::sort(group.binaries);
    std::ranges::sort(group.rows, worse);
    result.push_back(std::move(group));
  }
  std::ranges::stable_sort(result, worse_group);
  return result;
}

Counts& Counts::operator+=(const Counts& other) {
  for (std::size_t i = 0; i < by_severity.size(); ++i) by_severity[i] += other.by_severity[i];
  total += other.total;
  fixable += other.fixable;
  exploited += other.exploited;
  suppressed += other.suppressed;
  return *this;
}

Counts count(const Target& target) {
  Counts counts;
  for (const Group& group : group_by_source(target)) {
    for (const Vulnerability* row : group.rows) {
      ++counts.by_severity[static_cast<std::size_t>(row->severity)];
      ++counts.total;
      if (row->status == FixStatus::fixed) ++counts.fixable;
      if (row->kev) ++counts.exploited;
    }
  }
  for (const Group& group : group_by_source(target, true)) counts.suppressed += group.rows.size();
  return counts;
}

Counts count(const Report& report) {
  Counts counts;
  for (const Target& target : report.targets) counts += count(target);
  return counts;
}

std::size_t layer_number(const Target& target, const std::string& diff_id) {
  if (!target.image || diff_id.empty()) return 0;
  const auto& layers = target.image->layers;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (layers[i].diff_id.text() == diff_id) return i + 1;
  }
  return 0;
}

}  // namespace oakum::report
