// hadolint's JSON, for pipelines that read it. Columns are real ones, where hadolint's are always 1.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "report/issue.h"
#include "report/lint_formats.h"

namespace oakum::report {

namespace {

using Json = nlohmann::ordered_json;

// "DL3006", "SC2086": two letters and four digits.
bool is_hadolint_code(std::string_view id) {
  return id.size() == 6 && (id.starts_with("DL") || id.starts_with("SC")) &&
         std::ranges::all_of(id.substr(2), [](char c) { return c >= '0' && c <= '9'; });
}

std::string code_of(const Issue& issue) {
  const auto code = std::ranges::find_if(issue.aliases, is_hadolint_code);
  return code == issue.aliases.end() ? issue.id : *code;
}

// hadolint's scale ends with "style".
std::string_view level_of(Severity severity) {
  return severity == Severity::info ? std::string_view("style") : lint_level(severity);
}

}  // namespace

std::string render_hadolint(const Report& report, const ReportOptions&) {
  Json list = Json::array();
  for (const Issue& issue : issues_of(report)) {
    list.push_back({{"file", issue.path},
                    {"line", issue.line == 0 ? 1 : issue.line},
                    {"column", issue.column == 0 ? 1 : issue.column},
                    {"level", level_of(issue.severity)},
                    {"code", code_of(issue)},
                    {"message", issue.message}});
  }
  return list.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace oakum::report
