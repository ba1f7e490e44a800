// A report as one list of problems with a place each: what linters' formats can hold. Findings of a check and
// vulnerabilities of a scan become the same thing; suppressed ones are left out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/report.h"

namespace oakum::report {

enum class IssueKind : std::uint8_t {
  finding,
  vulnerability,
  not_evaluated,  // could not be judged: never a pass
  error,          // could not be read
};

struct Issue {
  IssueKind kind = IssueKind::finding;
  Severity severity = Severity::unknown;  // not_evaluated: info; error: high
  std::string path;                       // a file, or the name of the target; never empty
  std::size_t line = 0, column = 0;       // from 1, columns in code points; 0: there is no text to point at
  std::size_t end_line = 0;               // 0 where line is
  std::string id;                         // of the rule or vulnerability; "not-evaluated", "unreadable"
  std::vector<std::string> aliases;
  std::string message;      // with its subject in front, one line, nothing that a terminal or an XML reader would obey
  std::string fix;          // what to do; "" when there is nothing to say
  std::string fingerprint;  // 32 hex digits, no two equal in a list
};

// In the order of the report: per target findings, vulnerabilities, what was not evaluated, errors.
std::vector<Issue> issues_of(const Target& target);
std::vector<Issue> issues_of(const Report& report);

// "error" for critical and high, "warning" for medium and unknown, "info" below.
std::string_view lint_level(Severity severity);

}  // namespace oakum::report
