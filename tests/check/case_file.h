// The cases of a rule, as tests/rules/cases/RULE.md states them: an input, and what the rule has to say of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace oakum::check {

struct ExpectedFinding {
  std::uint32_t line = 0, column = 0;
  std::vector<std::string> aliases;  // each among the finding's
  std::string message;               // part of the finding's
  std::size_t at = 0;                // line of the case file
};

struct RuleCase {
  enum class Kind : std::uint8_t { bad, good, near } kind = Kind::bad;
  std::string surface;  // "compose", …
  std::string title;
  std::string input;
  std::vector<std::pair<std::string, std::string>> files;  // name, content
  std::vector<ExpectedFinding> expected;
  std::size_t at = 0;
};

struct CaseFile {
  std::string rule;
  std::vector<RuleCase> cases;
  std::vector<std::string> problems;  // of the file itself: a case that could not be understood is a failure
};

CaseFile parse_case_file(std::string_view text);

}  // namespace oakum::check
