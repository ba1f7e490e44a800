// Checkstyle's XML, version 4.3: what its consumers read is file/@name and error/@line, @column, @severity, @message,
// @source.
#include "report/issue.h"
#include "report/lint_formats.h"
#include "report/xml.h"

namespace oakum::report {

namespace {

std::string error_element(const Issue& issue) {
  std::string xml = "    <error" + xml_attribute("line", std::to_string(issue.line == 0 ? 1 : issue.line));
  if (issue.column != 0) xml += xml_attribute("column", std::to_string(issue.column));
  xml += xml_attribute("severity", lint_level(issue.severity));
  xml += xml_attribute("message", issue.fix.empty() ? issue.message : issue.message + "; fix: " + issue.fix);
  return xml + xml_attribute("source", "oakum." + issue.id) + "/>\n";
}

}  // namespace

std::string render_checkstyle(const Report& report, const ReportOptions&) {
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  std::string open;  // the file whose element is open
  for (const Issue& issue : issues_of(report)) {
    if (issue.path != open) {
      if (!open.empty()) xml += "  </file>\n";
      xml += "  <file" + xml_attribute("name", issue.path) + ">\n";
      open = issue.path;
    }
    xml += error_element(issue);
  }
  if (!open.empty()) xml += "  </file>\n";
  return xml + "</checkstyle>\n";
}

}  // namespace oakum::report
