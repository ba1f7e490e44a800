#include "report/issue.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "base/digest.h"
#include "base/text.h"
#include "report/group.h"
#include "report/place.h"

namespace oakum::report {

namespace {

std::string with_subject(const std::string& subject, const std::string& message) {
  return printable(subject.empty() ? message : subject + ": " + message);
}

std::string fingerprint(std::string_view id, const Target& target, const std::string& message) {
  const std::string text = std::string(id) + '\0' + target.name + '\0' + message;
  return std::string(Digest::sha256_of(text).hex().substr(0, 32));
}

Issue of_finding(const Target& target, const Finding& finding) {
  const Span& span = finding.origin.span;
  return {.severity = finding.severity,
          .path = printable(path_of(target, finding)),
          .line = span.line,
          .column = span.line == 0 ? 0 : column_of(finding, span.column),
          .end_line = span.line == 0 ? 0 : std::max(span.line, span.end_line),
          .id = finding.rule,
          .aliases = finding.aliases,
          .message = with_subject(finding.subject, finding.message),
          .fix = printable(finding.fix.summary),
          .fingerprint = fingerprint_of(target, finding)};
}

// Without a line: a vulnerability is of a package, not of a text.
Issue plain(IssueKind kind, Severity severity, const Target& target, std::string id, const std::string& message) {
  Issue issue{.kind = kind, .severity = severity, .path = printable(target.name), .id = std::move(id)};
  if (issue.path.empty()) issue.path = "target";
  issue.fingerprint = fingerprint(issue.id, target, message);
  issue.message = printable(message);
  return issue;
}

Issue of_vulnerability(const Target& target, const Group& group, const Vulnerability& vulnerability) {
  std::string message = group.source + " " + group.version + ": ";
  message += vulnerability.title.empty() ? vulnerability.id : vulnerability.title;
  Issue issue = plain(IssueKind::vulnerability, vulnerability.severity, target, vulnerability.id, message);
  issue.aliases = vulnerability.aliases;
  if (!vulnerability.fixed.empty()) issue.fix = printable("upgrade " + group.source + " to " + vulnerability.fixed);
  return issue;
}

Issue of_not_evaluated(const Target& target, const NotEvaluated& open) {
  Issue issue = plain(IssueKind::not_evaluated, Severity::info, target, "not-evaluated",
                      with_subject(open.subject, "not evaluated: " + open.why));
  issue.aliases = {open.rule};
  issue.line = issue.end_line = open.origin.span.line;
  issue.column = open.origin.span.column;
  return issue;
}

Issue of_unevaluated(const Target& target, const Unevaluated& open) {
  return plain(IssueKind::not_evaluated, Severity::info, target, "not-evaluated",
               with_subject(open.subject, "not evaluated: " + open.detail));
}

// Equal problems on equal lines get fingerprints of their own, in order.
void make_unique(std::vector<Issue>& issues) {
  std::map<std::string, std::size_t> seen;
  for (Issue& issue : issues) {
    const std::size_t before = seen[issue.fingerprint]++;
    if (before == 0) continue;
    const std::string text = issue.fingerprint + '\0' + std::to_string(before);
    issue.fingerprint = std::string(Digest::sha256_of(text).hex().substr(0, 32));
  }
}

void collect(const Target& target, std::vector<Issue>& issues) {
  for (const Finding& finding : target.findings) {
    if (!finding.suppressed) issues.push_back(of_finding(target, finding));
  }
  for (const Group& group : group_by_source(target)) {
    for (const Vulnerability* row : group.rows) issues.push_back(of_vulnerability(target, group, *row));
  }
  for (const NotEvaluated& open : target.not_evaluated) issues.push_back(of_not_evaluated(target, open));
  for (const Unevaluated& open : target.unevaluated) issues.push_back(of_unevaluated(target, open));
  for (const Error& error : target.errors)
    issues.push_back(plain(IssueKind::error, Severity::high, target, "unreadable", error.message()));
}

}  // namespace

std::vector<Issue> issues_of(const Target& target) {
  std::vector<Issue> issues;
  collect(target, issues);
  make_unique(issues);
  return issues;
}

std::vector<Issue> issues_of(const Report& report) {
  std::vector<Issue> issues;
  for (const Target& target : report.targets) collect(target, issues);
  make_unique(issues);
  return issues;
}

std::string_view lint_level(Severity severity) {
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
  return "info";
}

}  // namespace oakum::report
