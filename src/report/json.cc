// oakum.report/1, described by docs/report.schema.json. Missing values are null, lists hold objects, order is fixed;
// fields may be added, never renamed or removed.
#include "report/json.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "base/parallel.h"
#include "report/finding_count.h"
#include "report/group.h"
#include "report/json_writer.h"
#include "report/layout.h"

namespace oakum::report {

namespace {

constexpr std::size_t kUsualSize = 4096;  // of a target's text
constexpr std::size_t kTargetLevel = 2;   // a target stands in the list `targets` of the report

void write_real_or_null(JsonWriter& out, std::string_view name, const std::optional<double>& value) {
  value ? out.real(name, *value) : out.null(name);
}

template <class Items, class Write>
void write_list(JsonWriter& out, std::string_view name, const Items& items, Write write) {
  out.key(name);
  out.open_list();
  for (const auto& item : items) {
    out.open_object();
    write(out, item);
    out.close_object();
  }
  out.close_list();
}

void write_database(JsonWriter& out, const DatabaseInfo& database) {
  out.open_object();
  out.text_or_null("built", database.built);
  out.text_or_null("digest", database.digest);
  write_list(out, "feeds", database.feeds, [](JsonWriter& feed_out, const FeedInfo& feed) {
    feed_out.text("name", feed.name);
    feed_out.text_or_null("date", feed.date);
    feed_out.number("records", feed.records);
  });
  out.close_object();
}

void write_suppression(JsonWriter& out, const std::optional<Suppression>& suppressed) {
  out.key("suppressed");
  if (!suppressed) return out.null();
  out.open_object();
  out.text("by", suppressed->by);
  out.text_or_null("reason", suppressed->reason);
  out.text_or_null("expires", suppressed->expires);
  out.close_object();
}

void write_cvss(JsonWriter& out, const Cvss& cvss) {
  out.text("source", cvss.source);
  out.text("version", cvss.version);
  out.text("vector", cvss.vector);
  out.real("score", cvss.score);
}

void write_rating(JsonWriter& out, const Vulnerability& vulnerability) {
  out.text("severity", to_string(vulnerability.severity));
  out.text_or_null("severity_source", vulnerability.severity_source);
  write_list(out, "cvss", vulnerability.cvss, write_cvss);
  out.flag("kev", vulnerability.kev);
  out.text_or_null("kev_due", vulnerability.kev_due);
  write_real_or_null(out, "epss", vulnerability.epss);
  write_real_or_null(out, "epss_percentile", vulnerability.epss_percentile);
}

void write_vulnerability(JsonWriter& out, const Target& target, const Vulnerability& vulnerability) {
  const Package& package = target.packages.at(vulnerability.package);
  out.text("id", vulnerability.id);
  out.texts("aliases", vulnerability.aliases);
  out.text("package", package.name);
  out.text_or_null("arch", package.arch);
  out.text_or_null("purl", package.purl);
  out.text("installed", package.version);
  out.text("compared", vulnerability.installed);
  out.text_or_null("fixed", vulnerability.fixed);
  out.text("status", to_string(vulnerability.status));
  out.text_or_null("status_reason", vulnerability.status_reason);
  write_rating(out, vulnerability);
  out.text("source", vulnerability.source);
  out.texts("advisories", vulnerability.advisories);
  out.text_or_null("title", vulnerability.title);
  out.texts("references", vulnerability.references);
  out.texts("cwes", vulnerability.cwes);
  out.text_or_null("published", vulnerability.published);
  out.text_or_null("modified", vulnerability.modified);
  out.text_or_null("path", package.path);
  out.text_or_null("layer", package.layer);
  write_suppression(out, vulnerability.suppressed);
}

void write_layer(JsonWriter& out, const Layer& layer) {
  out.text_or_null("diff_id", layer.diff_id.text());
  out.text_or_null("digest", layer.blob.text());
  out.text_or_null("instruction", instruction_of(layer));
}

void write_distribution(JsonWriter& out, const Target& target) {
  out.key("distribution");
  if (!target.distribution) return out.null();
  const Distribution& distribution = *target.distribution;
  out.open_object();
  out.text_or_null("id", distribution.id);
  out.text_or_null("version", distribution.version_id);
  out.text_or_null("name", distribution.name);
  out.text_or_null("ecosystem", target.ecosystem);
  out.text_or_null("end_of_life", target.end_of_life);
  out.flag("past_end_of_life", target.past_end_of_life);
  out.close_object();
}

void write_action(JsonWriter& out, const Action& action) {
  out.text("package", action.package);
  out.text("from", action.from);
  out.text("to", action.to);
  out.texts("binaries", action.binaries);
  out.texts("closes", action.closes);
  out.flag("kev", action.kev);
  out.text_or_null("layer", action.layer);
  out.text_or_null("command", action.command);
}

void write_unevaluated(JsonWriter& out, const Unevaluated& entry) {
  out.text("kind", to_string(entry.kind));
  out.text("subject", entry.subject);
  out.text("detail", entry.detail);
}

void write_error(JsonWriter& out, const Error& error) {
  out.text_or_null("path", error.what);
  out.text("message", error.message());
  out.text("code", to_string(error.code));
}

void write_location(JsonWriter& out, const Finding& finding) {
  const Span& span = finding.origin.span;
  out.key("location");
  out.open_object();
  out.text_or_null("path", finding.path);
  const std::array<std::pair<std::string_view, std::uint32_t>, 4> places{
      {{"line", span.line}, {"column", span.column}, {"end_line", span.end_line}, {"end_column", span.end_column}}};
  for (const auto& [name, value] : places) span.line == 0 ? out.null(name) : out.number(name, value);
  out.close_object();
}

void write_edit(JsonWriter& out, const Edit& edit) {
  out.text("path", edit.path);
  out.flag("creates", !edit.new_file.empty());
  out.number("begin", edit.span.begin);
  out.number("end", edit.span.end);
  const std::array<std::pair<std::string_view, std::uint32_t>, 4> places{{{"line", edit.span.line},
                                                                          {"column", edit.span.column},
                                                                          {"end_line", edit.span.end_line},
                                                                          {"end_column", edit.span.end_column}}};
  for (const auto& [name, value] : places) edit.new_file.empty() ? out.number(name, value) : out.null(name);
  out.text("text", edit.text);
}

void write_fix(JsonWriter& out, const FixAdvice& fix) {
  static const PlannedFix kNone;
  out.key("fix");
  if (fix.safety == FixSafety::none) return out.null();
  const PlannedFix& plan = fix.plan == nullptr ? kNone : *fix.plan;
  out.open_object();
  out.text("safety", to_string(fix.safety));
  out.text("summary", fix.summary);
  out.text_or_null("patch", plan.patch);
  write_list(out, "edits", plan.edits, write_edit);
  out.text_or_null("note", plan.note);
  out.text_or_null("refused", plan.refused);
  out.close_object();
}

void write_related(JsonWriter& out, const RelatedPlace& place) {
  out.text("message", place.message);
  out.number("line", place.origin.span.line);
  out.number("column", place.origin.span.column);
}

void write_finding(JsonWriter& out, const Finding& finding) {
  out.text("rule", finding.rule);
  out.text("title", finding.title);
  out.texts("aliases", finding.aliases);
  out.text("severity", to_string(finding.severity));
  out.text("practice", to_string(finding.practice));
  out.text("message", finding.message);
  out.text_or_null("subject", finding.subject);
  out.text("surface", to_string(finding.origin.surface));
  out.text_or_null("node", finding.origin.node);
  write_location(out, finding);
  out.text_or_null("evidence", finding.evidence);
  write_list(out, "related", finding.related, write_related);
  write_fix(out, finding.fix);
  write_suppression(out, finding.suppressed);
}

void write_not_evaluated(JsonWriter& out, const NotEvaluated& entry) {
  out.text("rule", entry.rule);
  out.text_or_null("subject", entry.subject);
  out.text("why", entry.why);
}

void write_grade(JsonWriter& out, const std::optional<Grade>& grade) {
  out.key("grade");
  if (!grade) return out.null();
  out.open_object();
  out.text("letter", std::string_view(&grade->letter, 1));
  out.number("score", static_cast<std::uint64_t>(grade->score));
  out.text_or_null("why", grade->why);
  out.close_object();
}

void write_image(JsonWriter& out, const Target& target) {
  static const Image kNone;
  const Image& image = target.image ? *target.image : kNone;
  out.text_or_null("digest", target.image ? image.id.text() : "");
  out.text_or_null("manifest", target.image ? image.manifest.text() : "");
  out.text_or_null("platform", image.platform.os.empty() ? "" : image.platform.text());
  write_distribution(out, target);
  write_list(out, "layers", image.layers, write_layer);
}

void write_package(JsonWriter& out, const Package& package) {
  out.text("name", package.name);
  out.text("version", package.version);
  out.text_or_null("epoch", package.epoch);
  out.text_or_null("arch", package.arch);
  out.text("ecosystem", package.ecosystem);
  out.text_or_null("purl", package.purl);
  out.key("source");
  out.open_object();
  out.text("name", package.source.name);
  out.text("version", package.source.version);
  out.close_object();
  out.text_or_null("vendor", package.vendor);
  out.text_or_null("license", package.license);
  out.text_or_null("module", package.module);
  out.text_or_null("path", package.path);
  out.text_or_null("layer", package.layer);
}

void write_target(JsonWriter& out, const Target& target) {
  out.open_object();
  out.text("kind", to_string(target.kind));
  out.text("name", target.name);
  write_image(out, target);
  write_grade(out, target.grade);
  out.texts("subjects", target.subjects);
  write_list(out, "findings", target.findings, write_finding);
  write_list(out, "not_evaluated", target.not_evaluated, write_not_evaluated);
  write_list(out, "packages", target.packages, write_package);
  write_list(
      out, "vulnerabilities", target.vulnerabilities,
      [&target](JsonWriter& entry_out, const Vulnerability& entry) { write_vulnerability(entry_out, target, entry); });
  write_list(out, "actions", target.actions, write_action);
  write_list(out, "unevaluated", target.unevaluated, write_unevaluated);
  write_list(out, "errors", target.errors, write_error);
  out.close_object();
}

void write_summary(JsonWriter& out, const Report& report) {
  const Counts counts = count(report);
  const FindingCounts findings = count_findings(report);
  std::size_t unevaluated = findings.not_evaluated;
  for (const Target& target : report.targets) unevaluated += target.unevaluated.size();
  out.key("summary");
  out.open_object();
  for (const Severity severity : kSeverities)
    out.number(to_string(severity), counts.of(severity) + findings.of(severity));
  out.number("fixable", counts.fixable + findings.fixable);
  out.number("kev", counts.exploited);
  out.number("suppressed", counts.suppressed + findings.suppressed);
  out.number("unevaluated", unevaluated);
  out.close_object();
}

void write_tool(JsonWriter& out, const Report& report) {
  out.key("tool");
  out.open_object();
  out.text("version", report.tool_version);
  out.key("database");
  report.database ? write_database(out, *report.database) : out.null();
  out.close_object();
}

// `count` targets from `first` on, each by itself, several at once.
std::vector<std::string> targets_texts(const Report& report, std::size_t first, std::size_t count) {
  std::vector<std::string> parts(count);
  parallel_for(count, hardware_threads(), [&](std::size_t i) {
    std::string text;
    text.reserve(kUsualSize);
    JsonWriter out(text, kTargetLevel);
    write_target(out, report.targets[first + i]);
    parts[i] = std::move(text);
  });
  return parts;
}

std::size_t total_size(const std::vector<std::string>& parts) {
  std::size_t size = 0;
  for (const std::string& part : parts) size += part.size();
  return size;
}

// Some at a time, so that the report is not in memory twice; nor is it while it grows, if the others are about as large
// as the first.
void write_targets(JsonWriter& out, std::string& text, const Report& report) {
  constexpr std::size_t kAtOnce = 256;
  constexpr std::size_t kMostReserved = 64U << 20;  // some large files may stand before many small ones
  const std::size_t all = report.targets.size();
  for (std::size_t first = 0; first < all; first += kAtOnce) {
    const std::vector<std::string> parts = targets_texts(report, first, std::min(kAtOnce, all - first));
    if (first == 0) {
      const std::size_t likely = total_size(parts) / parts.size() * all / 4 * 5 + kUsualSize;
      text.reserve(text.size() + std::min(likely, kMostReserved));
    }
    for (const std::string& part : parts) out.written(part);
  }
}

}  // namespace

nlohmann::ordered_json package_json(const Package& package) {
  std::string text;
  JsonWriter out(text);
  out.open_object();
  write_package(out, package);
  out.close_object();
  return nlohmann::ordered_json::parse(text);
}

std::string render_json(const Report& report, const ReportOptions&) {
  std::string text;
  JsonWriter out(text);
  out.open_object();
  out.text("schema", "oakum.report/1");
  write_tool(out, report);
  out.key("targets");
  out.open_list();
  write_targets(out, text, report);
  out.close_list();
  write_summary(out, report);
  out.close_object();
  text += '\n';
  return text;
}

}  // namespace oakum::report
