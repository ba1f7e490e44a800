#include "cli/fix_run.h"

#include <algorithm>
#include <map>
#include <memory>
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
  request_.plan.resolve = [this, look = !arguments.no_base_images](std::vector<check::Unit>& units) {
    const std::lock_guard lock(mutex_);
    config_.look_beside(units);
    if (look) images_.find(units);
  };
  request_.plan.suppress = [this](const Subjects& subjects, std::vector<Finding>& findings,
                                  std::vector<std::string>& notes) {
    const std::lock_guard lock(mutex_);
    config_.suppress(subjects, findings, notes);
  };
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

bool save_all(const std::vector<fix::FileChange>& files) {
  bool all = true;
  for (const fix::FileChange& file : files) {
    const Status status = file.is_file ? fix::save(file) : print(file.after);
    if (status) continue;
    complain(status.error());
    all = false;
  }
  return all;
}

}  // namespace oakum::cli
