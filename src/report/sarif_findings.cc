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

std::string uri_of(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  while (path.starts_with('/')) path.remove_prefix(1);
  return percent_encoded(path, "/");
}

// SARIF 2.1.0 section 3.57: a replacement without a deleted region inserts, into an empty file where it is new.
Json replacement_of(const Edit& edit) {
  Json region = {{"startLine", 1}, {"startColumn", 1}, {"endLine", 1}, {"endColumn", 1}};
  if (edit.new_file.empty()) {
    region = {{"startLine", edit.span.line},
              {"startColumn", edit.span.column},
              {"endLine", edit.span.end_line},
              {"endColumn", edit.span.end_column}};
  }
  return {{"deletedRegion", std::move(region)}, {"insertedContent", {{"text", edit.text}}}};
}

// All of one finding's edits: they are one fix.
Json fixes_of(const Finding& finding) {
  Json changes = Json::array();
  for (const Edit& edit : finding.fix.plan->edits) {
    const std::string uri = uri_of(edit.path);
    if (changes.empty() || changes.back()["artifactLocation"]["uri"] != uri)
      changes.push_back({{"artifactLocation", {{"uri", uri}}}, {"replacements", Json::array()}});
    changes.back()["replacements"].push_back(replacement_of(edit));
  }
  std::string text = finding.fix.summary;
  if (finding.fix.safety == FixSafety::unsafe) text += " (may change behaviour)";
  return Json::array({{{"description", {{"text", text}}}, {"artifactChanges", std::move(changes)}}});
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
  if (finding.fix.plan != nullptr && !finding.fix.plan->edits.empty()) result["fixes"] = fixes_of(finding);
  if (finding.suppressed) {
    result["suppressions"] = Json::array(
        {{{"kind", "inSource"}, {"justification", finding.suppressed->by + ": " + finding.suppressed->reason}}});
  }
  return result;
}

}  // namespace oakum::report
