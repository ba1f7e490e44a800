// The cases of a remedy, as tests/fix/cases/RULE.md states them: an input, and what it is afterwards or why not.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace oakum::fix {

struct FixCase {
  bool refused = false;
  std::string surface;  // "compose", …
  std::string title;
  std::map<std::string, std::string> before, after;  // by file name; the input is called ""
  std::vector<std::string> reasons;                  // parts of refusals
  std::string directory;                             // that the input is in; "" the top of the case's own
  std::size_t at = 0;                                // line of the case file
};

struct FixCaseFile {
  std::string rule;
  std::vector<FixCase> cases;
  std::vector<std::string> problems;  // of the file itself: a case that could not be understood is a failure
};

FixCaseFile parse_fix_cases(std::string_view text);

}  // namespace oakum::fix
