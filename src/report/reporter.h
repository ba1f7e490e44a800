// Reporters: siblings, one file each, chosen from a table. They print what they are given and decide nothing.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/report.h"

namespace oakum::report {

struct ReportOptions {
  std::size_t width = 100;  // columns, for terminal output
  bool colour = false;
  bool verbose = false;
  bool show_suppressed = false;
  bool list_packages = false;
  double seconds = -1;  // how long the run took; negative: do not say (deterministic formats never do)
};

struct Reporter {
  std::string_view name;     // --format NAME
  std::string_view summary;  // one line for --help
  std::string (*render)(const Report& report, const ReportOptions& options);
};

// Sorted by name: grype, json, sarif, terminal, trivy, …
std::span<const Reporter> reporters();
const Reporter* find_reporter(std::string_view name);

}  // namespace oakum::report
