// SARIF 2.1.0 (OASIS, sections 3.13 on), with the properties by which GitHub code scanning sorts.
#include "report/sarif.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/group.h"
#include "report/sarif_findings.h"

namespace oakum::report {

namespace {

using Json = nlohmann::ordered_json;

std::string_view level_of(Severity severity) {
  switch (severity) {
    case Severity::critical:
    case Severity::high:
      return "error";
    case Severity::medium:
      return "warning";
    case Severity::low:
    case Severity::info:
      return "note";
    case Severity::unknown:
      return "warning";
  }
  return "warning";
}

double best_score(const Vulnerability& vulnerability) {
  double best = 0;
  for (const Cvss& cvss : vulnerability.cvss) best = std::max(best, cvss.score);
  return best;
}

// GitHub's scale for "security-severity": the CVSS score where there is one, else the middle of the word's band.
std::string security_severity(const Vulnerability& vulnerability) {
  const double score = best_score(vulnerability);
  if (score > 0 && severity_of_cvss(score) == vulnerability.severity) return fmt::format("{:.1f}", score);
  switch (vulnerability.severity) {
    case Severity::critical:
      return "9.5";
    case Severity::high:
      return "8.0";
    case Severity::medium:
      return "5.5";
    case Severity::low:
      return "2.0";
    case Severity::info:
    case Severity::unknown:
      return "0.0";
  }
  return "0.0";
}

std::string help_uri(const Vulnerability& vulnerability) {
  if (!vulnerability.references.empty() && vulnerability.references.front().starts_with("http"))
    return vulnerability.references.front();
  if (vulnerability.id.starts_with("CVE-")) return "https://www.cve.org/CVERecord?id=" + vulnerability.id;
  return "https://osv.dev/vulnerability/" + vulnerability.id;
}

Json rule_json(const Vulnerability& vulnerability) {
  const std::string title = vulnerability.title.empty() ? vulnerability.id : vulnerability.title;
  const std::string description = vulnerability.description.empty() ? title : vulnerability.description;
  return {{"id", vulnerability.id},
          {"name", "VulnerablePackage"},
          {"shortDescription", {{"text", title}}},
          {"fullDescription", {{"text", description.substr(0, 1000)}}},
          {"helpUri", help_uri(vulnerability)},
          {"help", {{"text", description}}},
          {"defaultConfiguration", {{"level", level_of(vulnerability.severity)}}},
          {"properties",
           {{"tags", {"security", "vulnerability", std::string(to_string(vulnerability.severity))}},
            {"precision", "very-high"},
            {"security-severity", security_severity(vulnerability)}}}};
}

// A relative URI, as code scanning wants it.
std::string uri_path(std::string_view text) {
  while (text.starts_with('/')) text.remove_prefix(1);
  return text.empty() ? "image" : percent_encoded(text, "/");
}

std::string message_of(const Group& group, const Vulnerability& vulnerability) {
  std::string text = fmt::format("{} {} has {} ({})", group.source, group.version, vulnerability.id,
                                 to_string(vulnerability.severity));
  if (vulnerability.status == FixStatus::fixed)
    text += ", fixed in " + vulnerability.fixed;
  else
    text += ", " + std::string(to_string(vulnerability.status));
  std::string binaries;
  for (const std::string& name : group.binaries) binaries += (binaries.empty() ? "" : ", ") + name;
  return text + "; installed: " + binaries;
}

Json location_json(const Target& target, const Group& group, const Vulnerability& vulnerability) {
  const Package& package = target.packages.at(vulnerability.package);
  const std::string path = package.path.empty() ? target.name : target.name + "/" + package.path;
  return {{"physicalLocation", {{"artifactLocation", {{"uri", uri_path(path)}}}, {"region", {{"startLine", 1}}}}},
          {"logicalLocations", Json::array({{{"name", group.source},
                                             {"fullyQualifiedName", package.purl.empty() ? package.name : package.purl},
                                             {"kind", "module"}}})}};
}

class SarifRun {
 public:
  explicit SarifRun(const Report& report) : report_(report) {}

  Json render() {
    for (const Target& target : report_.targets) {
      for (const bool suppressed : {false, true}) add_results(target, suppressed);
      for (const Finding& finding : target.findings) add_finding(target, finding);
      add_notifications(target);
    }
    Json driver = {{"name", "oakum"}, {"version", report_.tool_version}, {"rules", std::move(rules_)}};
    Json run;
    run["tool"] = {{"driver", std::move(driver)}};
    run["invocations"] =
        Json::array({{{"executionSuccessful", !failed_}, {"toolExecutionNotifications", std::move(notifications_)}}});
    run["results"] = std::move(results_);
    run["columnKind"] = "unicodeCodePoints";
    return run;
  }

 private:
  std::size_t rule_index(const Vulnerability& vulnerability) {
    const auto [found, is_new] = rule_indexes_.try_emplace(vulnerability.id, rules_.size());
    if (is_new) rules_.push_back(rule_json(vulnerability));
    return found->second;
  }

  void add_results(const Target& target, bool suppressed) {
    for (const Group& group : group_by_source(target, suppressed)) {
      for (const Vulnerability* vulnerability : group.rows) {
        Json result = {
            {"ruleId", vulnerability->id},
            {"ruleIndex", rule_index(*vulnerability)},
            {"level", level_of(vulnerability->severity)},
            {"message", {{"text", message_of(group, *vulnerability)}}},
            {"locations", Json::array({location_json(target, group, *vulnerability)})},
            {"partialFingerprints", {{"oakum/v1", vulnerability->id + "|" + group.source + "|" + target.name}}}};
        if (vulnerability->suppressed) {
          result["suppressions"] = Json::array(
              {{{"kind", "external"},
                {"justification", vulnerability->suppressed->by + ": " + vulnerability->suppressed->reason}}});
        }
        results_.push_back(std::move(result));
      }
    }
  }

  void add_finding(const Target& target, const Finding& finding) {
    const auto [found, is_new] = rule_indexes_.try_emplace(finding.rule, rules_.size());
    if (is_new) rules_.push_back(sarif_descriptor(text_of(finding)));
    results_.push_back(sarif_result(target, finding, found->second));
  }

  RuleText text_of(const Finding& finding) const {
    const auto found = std::ranges::find(report_.rules, finding.rule, &RuleText::id);
    if (found != report_.rules.end()) return *found;
    return {finding.rule, finding.title, finding.title, finding.fix.summary, finding.severity, finding.aliases, {}};
  }

  void add_notifications(const Target& target) {
    for (const NotEvaluated& entry : target.not_evaluated)
      notify("note", target.name + ": " + entry.rule + " was not evaluated for " + entry.subject + ": " + entry.why);
    for (const Unevaluated& entry : target.unevaluated) {
      notify("warning", target.name + ": " + entry.subject + " was not evaluated: " + entry.detail);
    }
    for (const Error& error : target.errors) notify("error", error.message());
    failed_ = failed_ || !target.errors.empty();
  }

  void notify(std::string_view level, const std::string& text) {
    notifications_.push_back({{"level", level}, {"message", {{"text", text}}}});
  }

  const Report& report_;
  std::map<std::string, std::size_t> rule_indexes_;
  Json rules_ = Json::array();
  Json results_ = Json::array();
  Json notifications_ = Json::array();
  bool failed_ = false;
};

}  // namespace

std::string render_sarif(const Report& report, const ReportOptions&) {
  const Json document = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                         {"version", "2.1.0"},
                         {"runs", Json::array({SarifRun(report).render()})}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace oakum::report
