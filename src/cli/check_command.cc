// oakum check: gather → read → resolve base images → judge → suppress → print.
#include <algorithm>
#include <memory>
#include <set>

#include <CLI/CLI.hpp>

#include "base/text.h"
#include "check/baseline.h"
#include "check/check.h"
#include "cli/base_images.h"
#include "cli/check_config.h"
#include "cli/check_options.h"
#include "cli/check_targets.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/fix_plans.h"
#include "cli/fix_run.h"
#include "cli/progress.h"
#include "cli/rule_texts.h"
#include "cli/version.h"
#include "report/layout.h"

namespace oakum::cli {

namespace {

void keep_severities(const std::vector<Severity>& severities, Report& report) {
  if (severities.empty()) return;
  for (Target& target : report.targets) {
    std::erase_if(target.findings, [&](const Finding& finding) {
      return std::ranges::find(severities, finding.severity) == severities.end();
    });
  }
}

bool any_at_or_above(Severity threshold, const Report& report) {
  return std::ranges::any_of(report.targets, [threshold](const Target& target) {
    return std::ranges::any_of(target.findings, [threshold](const Finding& finding) {
      return !finding.suppressed && finding.severity >= threshold;
    });
  });
}

bool any_error(const Report& report) {
  return std::ranges::any_of(report.targets, [](const Target& target) { return !target.errors.empty(); });
}

bool print_report(const CheckPlan& plan, const Report& report) {
  bool printed = true;
  for (const Output& output : plan.outputs) {
    if (auto status = write_output(output, output.reporter->render(report, plan.report)); !status) {
      complain(status.error());
      printed = false;
    }
  }
  return printed;
}

int exit_status(const CheckPlan& plan, const Report& report, bool failed) {
  if (failed || any_error(report)) return kCouldNot;
  return plan.fail_on && any_at_or_above(*plan.fail_on, report) ? plan.findings_status : kClean;
}

// Known findings are suppressed; or all that is found becomes known.
Result<bool> heed_baseline(const CheckArguments& arguments, Report& report) {
  if (!arguments.baseline.empty()) {
    OAKUM_TRY(const check::Baseline baseline, check::read_baseline(arguments.baseline));
    check::apply_baseline(baseline, report.targets);
  }
  if (arguments.write_baseline.empty()) return false;
  OAKUM_CHECK(check::write_baseline(arguments.write_baseline, report.targets));
  return true;
}

void tell_notes(const Report& report) {
  for (const Target& target : report.targets) {
    for (const std::string& text : target.notes) note(text);
  }
}

// The formats that have a place for edits.
bool shows_edits(const CheckPlan& plan) {
  return std::ranges::any_of(plan.outputs, [](const Output& output) {
    return output.reporter->name == "json" || output.reporter->name == "sarif";
  });
}

// Fixes and writes before anything is checked. False: something could not be written.
bool fix_first(const CheckArguments& arguments, const CheckPlan& plan, CheckConfig& config,
               const std::vector<check::Pending>& pending) {
  CheckPlan fixing;
  fixing.plan = plan.plan;
  fixing.read = plan.read;
  FixSession session(arguments, std::move(fixing), config, {.unsafe = arguments.unsafe});
  fix::Outcome outcome = session.run(pending);
  std::erase_if(outcome.files, [](const fix::FileChange& file) { return !file.is_file; });
  forget_twins(outcome);
  const bool saved = save_all(outcome);
  if (!arguments.quiet && !outcome.files.empty())
    note(std::to_string(outcome.fixed.size()) + " fixed in " + report::plural(outcome.files.size(), "file"));
  return saved;
}

int run_check(const CheckArguments& arguments) {
  auto config = CheckConfig::load(arguments.targets, arguments.config, arguments.no_config);
  auto plan = config ? resolve(arguments, config->run()) : Result<CheckPlan>(std::unexpected(config.error()));
  if (!plan) {
    complain(plan.error());
    return kCouldNot;
  }
  ProgressLine progress(!arguments.quiet && is_terminal(STDERR_FILENO));
  CheckTargets targets = gather(arguments);
  for (const Error& error : targets.errors) complain(error);
  bool failed = !targets.errors.empty();
  if (arguments.fix) failed = !fix_first(arguments, *plan, *config, targets.pending) || failed;
  if (shows_edits(*plan)) plan->plan.fix = plan_for_report;
  BaseImages base_images(arguments.image_directories, arguments.docker_host);
  plan->plan.resolve = [&](check::Unit& unit) {
    config->look_beside(unit);
    if (!arguments.no_base_images) base_images.find(unit);
  };
  plan->plan.suppress = [&](const Subjects& subjects, std::vector<Finding>& findings, std::vector<std::string>& notes) {
    config->suppress(subjects, findings, notes);
  };
  // Never destroyed: the process ends when it is printed.
  Report& report = *std::make_unique<Report>().release();
  report.tool_version = std::string(kVersion);
  report.check = true;
  report.targets = check::run(std::move(targets.pending), plan->read, plan->plan);
  for (const Error& error : config->errors()) {
    complain(error);
    failed = true;
  }
  if (!arguments.quiet) tell_notes(report);
  const auto written = heed_baseline(arguments, report);
  if (!written) {
    complain(written.error());
    return kCouldNot;
  }
  keep_severities(plan->severities, report);
  report.rules = rule_texts(report);
  progress.clear();
  if (is_terminal(STDOUT_FILENO)) plan->report.seconds = progress.seconds();
  if (report.targets.empty() && !failed && !arguments.quiet) note("no file here that oakum reads");
  if (!report.targets.empty() || !failed) failed = !print_report(*plan, report) || failed;
  if (*written && !failed) return kClean;
  return exit_status(*plan, report, failed);
}

}  // namespace

void add_check(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<CheckArguments>();
  CLI::App* command = app.add_subcommand(
      "check", "what is wrong here? Dockerfiles, Compose files, manifests, run lines, images, containers");
  add_check_options(*command, *arguments);
  command->callback([arguments, &run] { run = [arguments] { return run_check(*arguments); }; });
}

}  // namespace oakum::cli
