// GitLab's Code Quality report, a subset of the Code Climate specification.
#include <nlohmann/json.hpp>

#include "report/issue.h"
#include "report/lint_formats.h"

namespace oakum::report {

namespace {

using Json = nlohmann::ordered_json;

std::string_view gitlab_severity(Severity severity) {
  switch (severity) {
    case Severity::critical:
      return "blocker";
    case Severity::high:
      return "critical";
    case Severity::medium:
    case Severity::unknown:
      return "major";
    case Severity::low:
      return "minor";
    case Severity::info:
      break;
  }
  return "info";
}

}  // namespace

std::string render_gitlab(const Report& report, const ReportOptions&) {
  Json list = Json::array();
  for (const Issue& issue : issues_of(report)) {
    list.push_back({{"description", issue.fix.empty() ? issue.message : issue.message + "; fix: " + issue.fix},
                    {"check_name", issue.id},
                    {"fingerprint", issue.fingerprint},
                    {"severity", gitlab_severity(issue.severity)},
                    {"location", {{"path", issue.path}, {"lines", {{"begin", issue.line == 0 ? 1 : issue.line}}}}}});
  }
  return list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace oakum::report
