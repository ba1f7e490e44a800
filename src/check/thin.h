// What is left to tell of findings when texts are read in several ways: a Dockerfile alone and as a Compose file builds
// it, a Compose file alone and as another includes it, lines that services share through anchors.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "check/unit.h"
#include "model/finding.h"

namespace oakum::check {

class Readings {
 public:
  // Remembers what this unit makes of files that others may read too.
  void note(const Unit& unit);

  // Does another reading of the same file say the opposite? A stage that one target leaves out is used by another; a
  // file that a project includes needs no name of its own.
  bool contradict(const Finding& finding) const;

 private:
  std::set<std::pair<std::string, std::uint32_t>> used_stages_;  // path, line of FROM
  std::set<std::string> parts_;                                  // Compose files that others include or extend
};

// Sorts by place and leaves out what is contradicted, what is told twice, and that the builder refuses a place of which
// a rule says what is wrong. Findings that differ only in their subject become one with all of them.
void thin(std::vector<Finding>& findings, const Readings& readings);

}  // namespace oakum::check
