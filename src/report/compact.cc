// The form that editors and grep know, one line each.
#include "report/issue.h"
#include "report/lint_formats.h"

namespace oakum::report {

namespace {

std::string_view word_of(const Issue& issue) {
  switch (issue.kind) {
    case IssueKind::error:
      return "error";
    case IssueKind::not_evaluated:
      return "note";
    case IssueKind::finding:
    case IssueKind::vulnerability:
      break;
  }
  return to_string(issue.severity);
}

}  // namespace

std::string render_compact(const Report& report, const ReportOptions&) {
  std::string text;
  for (const Issue& issue : issues_of(report)) {
    text += issue.path;
    if (issue.line != 0) text += ":" + std::to_string(issue.line) + ":" + std::to_string(issue.column);
    text += ": ";
    text += word_of(issue);
    const bool names_rule = issue.kind == IssueKind::not_evaluated && !issue.aliases.empty();
    text += ": " + issue.message + " [" + (names_rule ? issue.aliases.front() : issue.id) + "]\n";
  }
  return text;
}

}  // namespace oakum::report
