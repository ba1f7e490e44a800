// JUnit's XML as test reporters of build servers read it: failure for what is wrong, error for what could not be read,
// skipped for what could not be judged.
#include <algorithm>

#include "report/issue.h"
#include "report/lint_formats.h"
#include "report/xml.h"

namespace oakum::report {

namespace {

std::string_view element_of(IssueKind kind) {
  switch (kind) {
    case IssueKind::not_evaluated:
      return "skipped";
    case IssueKind::error:
      return "error";
    case IssueKind::finding:
    case IssueKind::vulnerability:
      break;
  }
  return "failure";
}

std::string details(const Issue& issue) {
  std::string text = xml_escaped(issue.path);
  if (issue.line != 0) text += ":" + std::to_string(issue.line) + ":" + std::to_string(issue.column);
  text += ": " + xml_escaped(issue.message);
  for (const std::string& alias : issue.aliases) text += "\n" + xml_escaped(alias);
  if (!issue.fix.empty()) text += "\nfix: " + xml_escaped(issue.fix);
  return text;
}

std::string test_case(const Issue& issue) {
  const std::string element(element_of(issue.kind));
  std::string name = issue.id;
  if (issue.line != 0) name += " line " + std::to_string(issue.line);
  std::string xml = "    <testcase" + xml_attribute("name", name) + xml_attribute("classname", issue.path) + ">\n";
  xml += "      <" + element + xml_attribute("message", issue.message);
  if (element != "skipped") xml += xml_attribute("type", to_string(issue.severity));
  return xml + ">" + details(issue) + "</" + element + ">\n    </testcase>\n";
}

std::string count(const std::vector<Issue>& issues, std::string_view element) {
  return std::to_string(
      std::ranges::count_if(issues, [&](const Issue& issue) { return element_of(issue.kind) == element; }));
}

std::string suite(const Target& target) {
  const std::vector<Issue> issues = issues_of(target);
  std::string xml = "  <testsuite" + xml_attribute("name", target.name);
  xml += xml_attribute("tests", std::to_string(std::max<std::size_t>(issues.size(), 1)));
  xml += xml_attribute("failures", count(issues, "failure")) + xml_attribute("errors", count(issues, "error"));
  xml += xml_attribute("skipped", count(issues, "skipped")) + ">\n";
  for (const Issue& issue : issues) xml += test_case(issue);
  // A suite without cases is an error to some servers.
  if (issues.empty())
    xml += "    <testcase" + xml_attribute("name", "nothing found") + xml_attribute("classname", target.name) + "/>\n";
  return xml + "  </testsuite>\n";
}

}  // namespace

std::string render_junit(const Report& report, const ReportOptions&) {
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"oakum\">\n";
  for (const Target& target : report.targets) xml += suite(target);
  return xml + "</testsuites>\n";
}

}  // namespace oakum::report
