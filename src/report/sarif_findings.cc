#include "report/sarif_findings.h"

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/place.h"

namespace oakum::report {

namespace {

using Json = nlohmann::ordered_json;

std::string_view level_of(Severity severity) {
  switch (severity) {
    case Severity::critical:
    case Severity::high:
      return "error";
    case Severity::medium:
    case Severity::unknown:
      return "warning";
    case Severity::low:
    case Severity::info:
      break;
  }
  return "note";
}

// GitHub's scale: the middle of the word's band.
std::string_view security_severity(Severity severity) {
  switch (severity) {
    case Severity::critical:
      return "9.5";
    case Severity::high:
      return "8.0";
    case Severity::medium:
    case Severity::unknown:
      return "5.5";
    case Severity::low:
      return "2.0";
    case Severity::info:
      break;
  }
  return "0.0";
}

std::string markdown_help(const RuleText& rule) {
  std::string text = rule.why;
  if (!rule.fix.empty()) text += "\n\n**Fix:** " + rule.fix;
  return text;
}

// Columns of SARIF count code points (run.columnKind).
Json region_of(const Finding& finding) {
  const Span& span = finding.origin.span;
  if (span.line == 0) return {{"startLine", 1}};
  Json region = {{"startLine", span.line}, {"startColumn", column_of(finding, span.column)}};
  if (span.end_line == span.line && span.end_column > span.column) {
    region["endColumn"] = column_of(finding, span.end_column);
  } else if (span.end_line > span.line) {
    region["endLine"] = span.end_line;
  }
  if (!finding.excerpt.empty()) region["snippet"] = {{"text", finding.excerpt}};
  return region;
}

std::string uri_of(const Target& target, const Finding& finding) {
  return percent_encoded(path_of(target, finding), "/");
}

}  // namespace

Json sarif_descriptor(const RuleText& rule) {
  Json descriptor = {{"id", rule.id},
                     {"shortDescription", {{"text", rule.title}}},
                     {"fullDescription", {{"text", rule.why}}},
                     {"help", {{"text", rule.fix.empty() ? rule.why : rule.fix}, {"markdown", markdown_help(rule)}}},
                     {"defaultConfiguration", {{"level", level_of(rule.severity)}}},
                     {"properties",
                      {{"tags", {"security", "container-hardening"}},
                       {"precision", "high"},
                       {"aliases", rule.aliases},
                       {"security-severity", security_severity(rule.severity)}}}};
  if (!rule.references.empty()) descriptor["helpUri"] = rule.references.front();
  return descriptor;
}

Json sarif_result(const Target& target, const Finding& finding, std::size_t rule_index) {
  std::string message = finding.message;
  if (!finding.subject.empty()) message = finding.subject + ": " + message;
  Json location = {
      {"physicalLocation", {{"artifactLocation", {{"uri", uri_of(target, finding)}}}, {"region", region_of(finding)}}}};
  if (!finding.subject.empty()) location["logicalLocations"] = Json::array({{{"fullyQualifiedName", finding.subject}}});
  Json result = {{"ruleId", finding.rule},
                 {"ruleIndex", rule_index},
                 {"level", level_of(finding.severity)},
                 {"message", {{"text", message}}},
                 {"locations", Json::array({std::move(location)})},
                 {"partialFingerprints", {{"oakum/v1", fingerprint_of(target, finding)}}}};
  if (finding.suppressed) {
    result["suppressions"] = Json::array(
        {{{"kind", "inSource"}, {"justification", finding.suppressed->by + ": " + finding.suppressed->reason}}});
  }
  return result;
}

}  // namespace oakum::report
