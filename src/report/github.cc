// Workflow commands of GitHub Actions: `::error file=…,line=…::message`. Values are escaped as its runner undoes it: in
// messages %, CR and LF, in properties also ':' and ','.
#include "report/issue.h"
#include "report/lint_formats.h"

namespace oakum::report {

namespace {

std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '%':
        out += "%25";
        break;
      case '\r':
        out += "%0D";
        break;
      case '\n':
        out += "%0A";
        break;
      case ':':
        out += property ? "%3A" : ":";
        break;
      case ',':
        out += property ? "%2C" : ",";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string_view command_of(const Issue& issue) {
  if (issue.kind == IssueKind::not_evaluated) return "notice";
  const std::string_view level = lint_level(issue.severity);
  return level == "info" ? "notice" : level;
}

}  // namespace

std::string render_github(const Report& report, const ReportOptions&) {
  std::string text;
  for (const Issue& issue : issues_of(report)) {
    text += "::";
    text += command_of(issue);
    text += " file=" + escaped(issue.path, true);
    if (issue.line != 0) {
      text += ",line=" + std::to_string(issue.line) + ",endLine=" + std::to_string(issue.end_line);
      text += ",col=" + std::to_string(issue.column);
    }
    text += ",title=" + escaped("oakum " + issue.id, true) + "::" + escaped(issue.message, false);
    if (!issue.fix.empty()) text += escaped("\nfix: " + issue.fix, false);
    text += "\n";
  }
  return text;
}

}  // namespace oakum::report
