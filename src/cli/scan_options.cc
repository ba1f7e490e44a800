#include "cli/scan_options.h"

#include "base/text.h"
#include "cli/console.h"

namespace oakum::cli {

namespace {

// Ignore files that are used when they lie in the current directory and none was named.
constexpr std::string_view kDefaultIgnoreFiles[] = {".trivyignore", ".trivyignore.yaml", ".oakum.yaml"};

Status add_severities(const std::vector<std::string>& words, report::Selection& selection) {
  for (const std::string& argument : words) {
    for (const std::string_view word : split(argument, ',')) {
      const auto severity = parse_severity(trim(word));
      if (!severity) {
        return fail(ErrorCode::usage, "--severity", "unknown severity \"" + printable(word, 80) + "\"",
                    "use critical, high, medium, low, info or unknown");
      }
      selection.severities.push_back(*severity);
    }
  }
  return {};
}

Status add_statuses(const std::vector<std::string>& words, report::Selection& selection) {
  for (const std::string& argument : words) {
    for (const std::string_view word : split(argument, ',')) {
      const auto status = parse_fix_status(trim(word));
      if (!status) {
        std::string known;
        for (const FixStatus each : kFixStatuses)
          known += (known.empty() ? "use " : ", ") + std::string(to_string(each));
        return fail(ErrorCode::usage, "--ignore-status", "unknown status \"" + printable(word, 80) + "\"", known);
      }
      selection.ignore_statuses.push_back(*status);
    }
  }
  return {};
}

Status add_ignore_file(const std::string& path, ScanPlan& plan) {
  OAKUM_TRY(report::IgnoreFile file, report::read_ignore_file(path));
  for (report::IgnoreRule& rule : file.rules) plan.selection.rules.push_back(std::move(rule));
  for (Error& error : file.errors) plan.ignore_errors.push_back(std::move(error));
  return {};
}

Status add_ignores(const ScanArguments& arguments, ScanPlan& plan) {
  for (const std::string& path : arguments.ignore_files) OAKUM_CHECK(add_ignore_file(path, plan));
  if (!arguments.ignore_files.empty()) return {};
  for (const std::string_view path : kDefaultIgnoreFiles) {
    if (path_exists(std::string(path))) OAKUM_CHECK(add_ignore_file(std::string(path), plan));
  }
  return {};
}

}  // namespace

Result<ScanPlan> resolve(const ScanArguments& arguments) {
  ScanPlan plan;
  plan.selection.today = today();
  plan.selection.ignore_unfixed = arguments.ignore_unfixed;
  OAKUM_CHECK(add_severities(arguments.severity, plan.selection));
  OAKUM_CHECK(add_statuses(arguments.ignore_status, plan.selection));
  OAKUM_CHECK(add_ignores(arguments, plan));
  if (!arguments.fail_on.empty()) {
    OAKUM_TRY(plan.fail_on, report::parse_fail_on(arguments.fail_on));
  }
  plan.any_finding_fails = arguments.exit_code > 0 && arguments.fail_on.empty();
  plan.findings_status = arguments.exit_code >= 0 ? arguments.exit_code : 1;
  OAKUM_TRY(plan.outputs, open_outputs(arguments.format, arguments.outputs));
  plan.report.width = terminal_width();
  plan.report.colour = wants_colour(arguments.colour);
  plan.report.verbose = arguments.verbose;
  plan.report.show_suppressed = arguments.show_suppressed;
  plan.report.list_packages = arguments.list_packages;
  if (arguments.password_stdin) plan.password = read_password();
  return plan;
}

}  // namespace oakum::cli
