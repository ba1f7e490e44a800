// oakum.report/1, described by docs/report.schema.json. Missing values are null, lists hold objects, order is fixed;
// fields may be added, never renamed or removed.
#include "report/json.h"

#include <nlohmann/json.hpp>

#include "base/parallel.h"
#include "base/text.h"
#include "report/finding_count.h"
#include "report/group.h"
#include "report/layout.h"

namespace oakum::report {

namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

template <class T>
Json value_or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json strings(const std::vector<std::string>& values) {
  Json list = Json::array();
  for (const std::string& value : values) list.push_back(value);
  return list;
}

Json database_json(const DatabaseInfo& database) {
  Json feeds = Json::array();
  for (const FeedInfo& feed : database.feeds) {
    feeds.push_back({{"name", feed.name}, {"date", text_or_null(feed.date)}, {"records", feed.records}});
  }
  return {
      {"built", text_or_null(database.built)}, {"digest", text_or_null(database.digest)}, {"feeds", std::move(feeds)}};
}

Json suppression_json(const std::optional<Suppression>& suppressed) {
  if (!suppressed) return nullptr;
  return {{"by", suppressed->by},
          {"reason", text_or_null(suppressed->reason)},
          {"expires", text_or_null(suppressed->expires)}};
}

Json cvss_json(const std::vector<Cvss>& scores) {
  Json list = Json::array();
  for (const Cvss& cvss : scores) {
    list.push_back(
        {{"source", cvss.source}, {"version", cvss.version}, {"vector", cvss.vector}, {"score", cvss.score}});
  }
  return list;
}

Json vulnerability_json(const Target& target, const Vulnerability& vulnerability) {
  const Package& package = target.packages.at(vulnerability.package);
  return {{"id", vulnerability.id},
          {"aliases", strings(vulnerability.aliases)},
          {"package", package.name},
          {"arch", text_or_null(package.arch)},
          {"purl", text_or_null(package.purl)},
          {"installed", package.version},
          {"compared", vulnerability.installed},
          {"fixed", text_or_null(vulnerability.fixed)},
          {"status", to_string(vulnerability.status)},
          {"status_reason", text_or_null(vulnerability.status_reason)},
          {"severity", to_string(vulnerability.severity)},
          {"severity_source", text_or_null(vulnerability.severity_source)},
          {"cvss", cvss_json(vulnerability.cvss)},
          {"kev", vulnerability.kev},
          {"kev_due", text_or_null(vulnerability.kev_due)},
          {"epss", value_or_null(vulnerability.epss)},
          {"epss_percentile", value_or_null(vulnerability.epss_percentile)},
          {"source", vulnerability.source},
          {"advisories", strings(vulnerability.advisories)},
          {"title", text_or_null(vulnerability.title)},
          {"references", strings(vulnerability.references)},
          {"cwes", strings(vulnerability.cwes)},
          {"published", text_or_null(vulnerability.published)},
          {"modified", text_or_null(vulnerability.modified)},
          {"path", text_or_null(package.path)},
          {"layer", text_or_null(package.layer)},
          {"suppressed", suppression_json(vulnerability.suppressed)}};
}

Json layers_json(const Image& image) {
  Json list = Json::array();
  for (const Layer& layer : image.layers) {
    list.push_back({{"diff_id", text_or_null(layer.diff_id.text())},
                    {"digest", text_or_null(layer.blob.text())},
                    {"instruction", text_or_null(instruction_of(layer))}});
  }
  return list;
}

Json distribution_json(const Target& target) {
  if (!target.distribution) return nullptr;
  const Distribution& distribution = *target.distribution;
  return {{"id", text_or_null(distribution.id)},
          {"version", text_or_null(distribution.version_id)},
          {"name", text_or_null(distribution.name)},
          {"ecosystem", text_or_null(target.ecosystem)},
          {"end_of_life", text_or_null(target.end_of_life)},
          {"past_end_of_life", target.past_end_of_life}};
}

Json actions_json(const Target& target) {
  Json list = Json::array();
  for (const Action& action : target.actions) {
    list.push_back({{"package", action.package},
                    {"from", action.from},
                    {"to", action.to},
                    {"binaries", strings(action.binaries)},
                    {"closes", strings(action.closes)},
                    {"kev", action.kev},
                    {"layer", text_or_null(action.layer)},
                    {"command", text_or_null(action.command)}});
  }
  return list;
}

Json unevaluated_json(const Target& target) {
  Json list = Json::array();
  for (const Unevaluated& entry : target.unevaluated) {
    list.push_back({{"kind", to_string(entry.kind)}, {"subject", entry.subject}, {"detail", entry.detail}});
  }
  return list;
}

Json errors_json(const Target& target) {
  Json list = Json::array();
  for (const Error& error : target.errors) {
    list.push_back({{"path", text_or_null(error.what)}, {"message", error.message()}, {"code", to_string(error.code)}});
  }
  return list;
}

Json finding_json(const Finding& finding) {
  const Span& span = finding.origin.span;
  const auto number = [&span](std::uint32_t value) { return span.line == 0 ? Json(nullptr) : Json(value); };
  const bool has_fix = finding.fix.safety != FixSafety::none;
  Json related = Json::array();
  for (const RelatedPlace& place : finding.related) {
    related.push_back(
        {{"message", place.message}, {"line", place.origin.span.line}, {"column", place.origin.span.column}});
  }
  return {
      {"rule", finding.rule},
      {"title", finding.title},
      {"aliases", strings(finding.aliases)},
      {"severity", to_string(finding.severity)},
      {"practice", to_string(finding.practice)},
      {"message", finding.message},
      {"subject", text_or_null(finding.subject)},
      {"surface", to_string(finding.origin.surface)},
      {"node", text_or_null(finding.origin.node)},
      {"location",
       {{"path", text_or_null(finding.path)},
        {"line", number(span.line)},
        {"column", number(span.column)},
        {"end_line", number(span.end_line)},
        {"end_column", number(span.end_column)}}},
      {"evidence", text_or_null(finding.evidence)},
      {"related", std::move(related)},
      {"fix",
       has_fix ? Json{{"safety", to_string(finding.fix.safety)}, {"summary", finding.fix.summary}, {"patch", nullptr}}
               : Json(nullptr)},
      {"suppressed", suppression_json(finding.suppressed)}};
}

Json findings_json(const Target& target) {
  Json list = Json::array();
  for (const Finding& finding : target.findings) list.push_back(finding_json(finding));
  return list;
}

Json not_evaluated_json(const Target& target) {
  Json list = Json::array();
  for (const NotEvaluated& entry : target.not_evaluated) {
    list.push_back({{"rule", entry.rule}, {"subject", text_or_null(entry.subject)}, {"why", entry.why}});
  }
  return list;
}

Json grade_json(const Target& target) {
  if (!target.grade) return nullptr;
  return {{"letter", std::string(1, target.grade->letter)},
          {"score", target.grade->score},
          {"why", text_or_null(target.grade->why)}};
}

Json target_json(const Target& target) {
  Json packages = Json::array();
  for (const Package& package : target.packages) packages.push_back(package_json(package));
  Json vulnerabilities = Json::array();
  for (const Vulnerability& entry : target.vulnerabilities)
    vulnerabilities.push_back(vulnerability_json(target, entry));
  const bool has_image = target.image.has_value();
  return {{"kind", to_string(target.kind)},
          {"name", target.name},
          {"digest", has_image ? text_or_null(target.image->id.text()) : Json(nullptr)},
          {"manifest", has_image ? text_or_null(target.image->manifest.text()) : Json(nullptr)},
          {"platform",
           has_image && !target.image->platform.os.empty() ? Json(target.image->platform.text()) : Json(nullptr)},
          {"distribution", distribution_json(target)},
          {"layers", has_image ? layers_json(*target.image) : Json::array()},
          {"grade", grade_json(target)},
          {"subjects", strings(target.subjects)},
          {"findings", findings_json(target)},
          {"not_evaluated", not_evaluated_json(target)},
          {"packages", std::move(packages)},
          {"vulnerabilities", std::move(vulnerabilities)},
          {"actions", actions_json(target)},
          {"unevaluated", unevaluated_json(target)},
          {"errors", errors_json(target)}};
}

Json summary_json(const Report& report) {
  const Counts counts = count(report);
  const FindingCounts findings = count_findings(report);
  std::size_t unevaluated = findings.not_evaluated;
  for (const Target& target : report.targets) unevaluated += target.unevaluated.size();
  Json summary;
  for (const Severity severity : kSeverities)
    summary[std::string(to_string(severity))] = counts.of(severity) + findings.of(severity);
  summary["fixable"] = counts.fixable + findings.fixable;
  summary["kev"] = counts.exploited;
  summary["suppressed"] = counts.suppressed + findings.suppressed;
  summary["unevaluated"] = unevaluated;
  return summary;
}

}  // namespace

Json package_json(const Package& package) {
  return {{"name", package.name},
          {"version", package.version},
          {"epoch", text_or_null(package.epoch)},
          {"arch", text_or_null(package.arch)},
          {"ecosystem", package.ecosystem},
          {"purl", text_or_null(package.purl)},
          {"source", {{"name", package.source.name}, {"version", package.source.version}}},
          {"vendor", text_or_null(package.vendor)},
          {"license", text_or_null(package.license)},
          {"module", text_or_null(package.module)},
          {"path", text_or_null(package.path)},
          {"layer", text_or_null(package.layer)}};
}

namespace {

// As dump(2) would print it four columns further in.
std::string indented(const Json& json, std::string_view margin) {
  // Names in images need not be UTF-8: what is not becomes U+FFFD rather than an exception.
  const std::string text = json.dump(2, ' ', false, Json::error_handler_t::replace);
  std::string result;
  result.reserve(text.size() + text.size() / 8);
  std::string_view rest = text;
  while (const auto line = next_line(rest)) {
    if (!result.empty()) result += '\n';
    result += margin;
    result += *line;
  }
  return result;
}

// Each target by itself, several at once: a document of thousands is neither built whole nor on one thread.
std::string targets_text(const Report& report) {
  std::vector<std::string> parts(report.targets.size());
  parallel_for(parts.size(), hardware_threads(),
               [&](std::size_t i) { parts[i] = indented(target_json(report.targets[i]), "    "); });
  if (parts.empty()) return "[]";
  return "[\n" + joined(parts, ",\n") + "\n  ]";
}

}  // namespace

std::string render_json(const Report& report, const ReportOptions&) {
  const Json tool = {{"version", report.tool_version},
                     {"database", report.database ? database_json(*report.database) : Json(nullptr)}};
  std::string text = "{\n  \"schema\": \"oakum.report/1\",\n  \"tool\": ";
  text += indented(tool, "  ").substr(2);
  text += ",\n  \"targets\": ";
  text += targets_text(report);
  text += ",\n  \"summary\": ";
  text += indented(summary_json(report), "  ").substr(2);
  return text + "\n}\n";
}

}  // namespace oakum::report
