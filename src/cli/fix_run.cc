#include "cli/fix_run.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <system_error>
#include <utility>

#include "base/shell_words.h"
#include "cli/check_targets.h"
#include "cli/console.h"
#include "cli/digests.h"
#include "fix/run/save.h"

namespace oakum::cli {

FixSession::FixSession(const CheckArguments& arguments, CheckPlan plan, CheckConfig& config, const FixChoice& choice)
    : config_(config), images_(arguments.image_directories, arguments.docker_host) {
  request_.read = std::move(plan.read);
  request_.plan = std::move(plan.plan);
  request_.plan.shellcheck = false;  // it judges, and edits nothing
  if (check::Selection chosen = request_.plan.selection; !chosen.only.empty()) {
    request_.plan.selection = check::with_others(chosen);
    request_.wants = [chosen = std::move(chosen)](const Finding& finding) { return check::keeps(chosen, finding); };
  }
  request_.plan.resolve = [this, look = !arguments.no_base_images](check::Unit& unit) {
    config_.look_beside(unit);
    const std::lock_guard lock(mutex_);
    if (look) images_.find(unit);
  };
  request_.plan.suppress = [this](const Subjects& subjects, std::vector<Finding>& findings,
                                  std::vector<std::string>& notes) { config_.suppress(subjects, findings, notes); };
  request_.options.unsafe = choice.unsafe;
  if (choice.pin) request_.options.digest_of = digests_of_registries();
}

fix::Outcome FixSession::run(const std::vector<check::Pending>& pending) {
  request_.pending = pending;
  return fix::run(request_);
}

fix::Outcome FixSession::run(const std::vector<check::Pending>& pending, const fix::Options& options,
                             const std::set<fix::FixId>& excluded) {
  fix::Request request = request_;
  request.pending = pending;
  request.options = options;
  request.excluded = excluded;
  return fix::run(request);
}

CheckArguments as_texts(CheckArguments arguments) {
  if (!is_run_line(arguments.targets)) return arguments;
  arguments.targets = {shell_line(arguments.targets)};
  return arguments;
}

namespace {

// Nothing was done to these files.
void forget(fix::Outcome& outcome, const std::set<std::string>& paths) {
  std::erase_if(outcome.files, [&](const fix::FileChange& file) { return paths.contains(file.path); });
  std::erase_if(outcome.fixed, [&](const Finding& finding) {
    return std::ranges::any_of(finding.fix.plan->edits, [&](const Edit& edit) { return paths.contains(edit.path); });
  });
}

}  // namespace

void forget_twins(fix::Outcome& outcome) {
  std::set<std::filesystem::path> seen;
  std::set<std::string> twins;
  for (const fix::FileChange& file : outcome.files) {
    if (!file.is_file || !file.existed) continue;
    std::error_code error;
    const auto path = std::filesystem::canonical(file.path, error);
    if (!error && !seen.insert(path).second) twins.insert(file.path);
  }
  if (twins.empty()) return;
  forget(outcome, twins);
  for (auto* left : {&outcome.refused, &outcome.unsafe})
    std::erase_if(*left, [&](const Finding& finding) { return twins.contains(finding.path); });
}

bool save_all(fix::Outcome& outcome) {
  std::set<std::string> unsaved;
  for (const fix::FileChange& file : outcome.files) {
    const Status status = file.is_file ? fix::save(file) : print(file.after);
    if (status) continue;
    complain(status.error());
    unsaved.insert(file.path);
  }
  if (!unsaved.empty()) forget(outcome, unsaved);
  return unsaved.empty();
}

}  // namespace oakum::cli
