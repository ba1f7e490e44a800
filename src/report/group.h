// The view that people read: one group per source package, one row per vulnerability, however many binary packages of
// that source are installed. Counts everywhere in the reports are counts of these rows.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "model/report.h"

namespace oakum::report {

struct Group {
  std::string source;                      // source package name
  std::string version;                     // its version
  std::vector<std::string> binaries;       // affected packages built from it, sorted
  std::string layer;                       // diff_id; empty without layers
  std::vector<const Vulnerability*> rows;  // worst first; borrows the target
};

// Groups worst first. `suppressed` chooses between what counts and what was suppressed.
std::vector<Group> group_by_source(const Target& target, bool suppressed = false);

struct Counts {
  std::array<std::size_t, 6> by_severity{};  // by Severity
  std::size_t total = 0;
  std::size_t fixable = 0;
  std::size_t exploited = 0;
  std::size_t suppressed = 0;
  std::size_t of(Severity severity) const { return by_severity[static_cast<std::size_t>(severity)]; }
  Counts& operator+=(const Counts& other);
};
Counts count(const Target& target);
Counts count(const Report& report);

// 1-based number of the layer with this diff_id, 0 when there is none.
std::size_t layer_number(const Target& target, const std::string& diff_id);

}  // namespace oakum::report
