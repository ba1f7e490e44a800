// The formats of continuous integration and of linters. Each prints the findings of a check and the vulnerabilities of
// a scan, what could not be judged and what could not be read; suppressed findings are left out.
#pragma once

#include <string>

#include "report/reporter.h"

namespace oakum::report {

// Checkstyle's XML: a <file> with its <error>s.
std::string render_checkstyle(const Report& report, const ReportOptions& options);

// A line each: `path:line:column: severity: message [rule]`.
std::string render_compact(const Report& report, const ReportOptions& options);

// Workflow commands, which GitHub Actions shows beside the lines of a change.
std::string render_github(const Report& report, const ReportOptions& options);

// GitLab's Code Quality report: a JSON array of issues with fingerprints.
std::string render_gitlab(const Report& report, const ReportOptions& options);

// The JSON array of `hadolint --format json`; code is hadolint's where it has one for the finding.
std::string render_hadolint(const Report& report, const ReportOptions& options);

// JUnit's XML: a suite for each target, a failed case for each finding; what was not evaluated is skipped.
std::string render_junit(const Report& report, const ReportOptions& options);

}  // namespace oakum::report
