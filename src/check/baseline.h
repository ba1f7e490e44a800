// A baseline: what is known to be wrong already, so that a pipeline fails on what is new.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "model/report.h"

namespace oakum::check {

// How often a finding is known. A finding is the same while its rule, file, subject and line of text are; line numbers
// may move.
struct Baseline {
  std::string path;
  std::map<std::string, std::size_t> known;
};

// {"schema":"oakum.baseline/1","findings":[{"rule","path","subject","line_text","count"}]}; at most 64 MiB.
Result<Baseline> read_baseline(const std::string& path);
Status write_baseline(const std::string& path, const std::vector<Target>& targets);

// Suppresses known findings ("by" is the baseline's path); grades are made anew.
void apply_baseline(const Baseline& baseline, std::vector<Target>& targets);

}  // namespace oakum::check
