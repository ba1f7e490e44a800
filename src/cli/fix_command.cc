// oakum fix: gather → read → judge → plan → apply → read again, in passes → write, or show.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "base/text.h"
#include "cli/check_options.h"
#include "cli/check_targets.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/fix_run.h"
#include "cli/fix_text.h"
#include "cli/progress.h"
#include "cli/prove_options.h"
#include "cli/prove_run.h"
#include "fix/kit/diff.h"

namespace oakum::cli {

namespace {

struct FixArguments {
  CheckArguments check;
  FixChoice choice;
  std::string to;  // a profile that is to be reached
  bool diff = false;
  ProveOptions prove;
};

// Where a link leads: git changes no file through one. What is outside of the working directory keeps its name.
std::string patched_path(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_symlink(path, error)) return path;
  const auto whole = std::filesystem::canonical(path, error);
  const auto here = std::filesystem::current_path(error);
  std::string near = whole.lexically_relative(here).string();
  return error || near.empty() || near.starts_with("..") ? path : near;
}

std::string patch_of(const fix::Outcome& outcome) {
  std::string patch;
  for (const fix::FileChange& file : outcome.files)
    patch += fix::unified_diff(patched_path(file.path), file.before, file.after, file.existed);
  return patch;
}

bool any_error(const std::vector<Target>& targets) {
  bool any = false;
  for (const Target& target : targets) {
    for (const Error& error : target.errors) {
      complain(error);
      any = true;
    }
  }
  return any;
}

std::string command_of(const FixArguments& arguments) {
  std::string command = "oakum fix";
  for (const std::string& target : arguments.check.targets) command += " " + printable(target, 80);
  return command;
}

// Standard input, or a run line: its result goes to standard output.
bool is_filtered(const check::Pending& pending) {
  return pending.kind != check::FileKind::none && pending.unit.paths.empty();
}

// What is fine as it is comes out as it is.
bool print_unchanged(const std::vector<check::Pending>& all, const fix::Outcome& outcome) {
  bool printed = true;
  for (const check::Pending& pending : all) {
    const bool changed = std::ranges::count(outcome.files, pending.unit.name, &fix::FileChange::path) > 0;
    if (is_filtered(pending) && !changed) printed = print(pending.unit.text) && printed;
  }
  return printed;
}

// What stands between the targets and the profile that was to be reached; what was refused is told already.
void tell_what_stops(const FixArguments& arguments, const fix::Outcome& outcome) {
  std::size_t left = 0;
  for (const Target& target : outcome.after) {
    for (const Finding& finding : target.findings) {
      if (finding.suppressed) continue;
      ++left;
      const auto is_same = [&](const Finding& refused) { return fix::id_of(refused) == fix::id_of(finding); };
      if (std::ranges::any_of(outcome.refused, is_same)) continue;
      const std::string why = finding.fix.plan != nullptr && !finding.fix.plan->refused.empty()
                                  ? finding.fix.plan->refused
                                  : finding.fix.summary;
      note(printable(finding.path) + ":" + std::to_string(shown_line(outcome, finding, !arguments.diff)) + ": " +
           printable(finding.subject) + ": " + printable(finding.message) + (why.empty() ? "" : "; " + printable(why)));
    }
  }
  note(left == 0 ? arguments.to + " is reached" : arguments.to + " is not reached: " + std::to_string(left) + " left");
}

// The fixes; with --prove those that were proven, and the proof as text.
Result<ProvenFixes> make_fixes(const FixArguments& arguments, FixSession& session,
                               const std::vector<check::Pending>& pending, ProgressLine& progress) {
  if (!arguments.prove.prove) return ProvenFixes{.outcome = session.run(pending), .text = {}};
  return prove_fixes(session, pending, arguments.check.docker_host, arguments.prove,
                     [&](const std::string& text) { progress.show("proving  " + text); });
}

int run_fix(const FixArguments& given) {
  FixArguments arguments = given;
  arguments.check = as_texts(given.check);
  CheckArguments& check = arguments.check;
  if (!arguments.to.empty()) {
    check.profile = arguments.to;
    arguments.choice.unsafe = true;
  }
  auto config = CheckConfig::load(check.targets, check.config, check.no_config);
  auto plan = config ? resolve(check, config->run()) : Result<CheckPlan>(std::unexpected(config.error()));
  if (!plan) {
    complain(plan.error());
    return kCouldNot;
  }
  ProgressLine progress(!check.quiet && is_terminal(STDERR_FILENO));
  CheckTargets targets = gather(check);
  for (const Error& error : targets.errors) complain(error);
  bool failed = !targets.errors.empty();
  report::ReportOptions report = plan->report;
  report.verbose = report.verbose || !arguments.to.empty();  // all that stops it
  const int changed_status = check.exit_code >= 0 ? check.exit_code : kClean;
  FixSession session(check, std::move(*plan), *config, arguments.choice);
  progress.show("fixing");
  auto fixes = make_fixes(arguments, session, targets.pending, progress);
  progress.clear();
  if (!fixes) {
    complain(fixes.error());
    return kCouldNot;
  }
  if (fixes->interrupted) {
    note("interrupted: nothing was written, and all that was made for the proof is removed");
    return kInterrupted;
  }
  failed = !fixes->all_proven || failed;
  fix::Outcome& outcome = fixes->outcome;
  forget_twins(outcome);
  for (const Error& error : config->errors()) {
    complain(error);
    failed = true;
  }
  // Places are those of what stands on the disk.
  failed = any_error(arguments.diff ? outcome.before : outcome.after) || failed;

  if (arguments.diff) {
    failed = !print(patch_of(outcome)) || failed;
  } else {
    failed = !save_all(outcome) || failed;
    failed = !print_unchanged(targets.pending, outcome) || failed;
  }
  const FixText how{.written = !arguments.diff, .unsafe = arguments.choice.unsafe, .command = command_of(given)};
  const std::string text = fix_text(outcome, how, report) + (fixes->text.empty() ? "" : "\n" + fixes->text);
  if (!check.quiet) {
    // What is printed for a program to take must not be mixed with talk.
    if (arguments.diff || std::ranges::any_of(targets.pending, is_filtered)) {
      std::fputs(text.c_str(), stderr);
    } else {
      failed = !print(text) || failed;
    }
    if (!arguments.to.empty()) tell_what_stops(arguments, outcome);
  }
  if (failed) return kCouldNot;
  return outcome.files.empty() ? kClean : changed_status;
}

}  // namespace

void add_fix(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<FixArguments>();
  CLI::App* command = app.add_subcommand("fix", "put it right: edits of your own files, everything else left as it is");
  command->add_option(
      "target", arguments->check.targets,
      "files, directories, - (standard input, the result goes to standard output), or after -- a docker "
      "run line; else the current directory");
  command->add_flag("--diff", arguments->diff, "show what would change, as git apply takes it; write nothing");
  command->add_flag("--unsafe", arguments->choice.unsafe, "also fixes that may change behaviour");
  command->add_flag("--pin", arguments->choice.pin, "ask registries for the digests of images");
  CLI::Option* to = command->add_option("--to", arguments->to,
                                        "fix all that keeps the targets from this profile, and say what stops it");
  command->add_option("--exit-code", arguments->check.exit_code, "exit status when something was changed, instead of 0")
      ->check(CLI::Range(0, 125));
  add_prove_options(*command, arguments->prove);
  add_selection_options(*command, arguments->check);
  to->excludes(command->get_option("--rule"));
  command->callback([arguments, &run] { run = [arguments] { return run_fix(*arguments); }; });
}

}  // namespace oakum::cli
