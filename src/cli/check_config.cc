#include "cli/check_config.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "base/fd.h"
#include "check/annotations.h"
#include "check/pragma.h"
#include "cli/console.h"

namespace oakum::cli {

namespace {

std::string directory_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash == 0 ? 1 : slash);
}

std::string root_of(const std::vector<std::string>& targets) {
  if (targets.empty() || !path_exists(targets.front())) return ".";
  return is_directory(targets.front()) ? targets.front() : directory_of(targets.front());
}

// What .oakum.yaml skips is suppressed rather than dropped, so that it shows with --show-suppressed.
void skip_is_ignore(check::Config& config) {
  if (config.skip.empty()) return;
  check::IgnoreEntry entry;
  entry.by = config.files.empty() ? ".oakum.yaml" : config.files.front();
  entry.names = std::move(config.skip);
  entry.reason = "skipped by configuration";
  config.ignores.push_back(std::move(entry));
  config.skip.clear();
}

}  // namespace

Result<CheckConfig> CheckConfig::load(const std::vector<std::string>& targets, const std::string& file, bool none) {
  CheckConfig config;
  config.none_ = none;
  config.root_ = root_of(targets);
  config.today_ = today();
  if (none) return config;
  OAKUM_TRY(config.run_, check::load_config(config.root_, file));
  skip_is_ignore(config.run_);
  return config;
}

void CheckConfig::look_beside(const check::Unit& unit) {
  if (none_) return;
  for (const Source& source : unit.subjects.sources) {
    const std::string directory = directory_of(source.name);
    if (directory == root_ || in(directory) != nullptr || !is_directory(directory)) continue;
    auto loaded = check::load_config(directory, "");
    if (!loaded) continue;
    skip_is_ignore(*loaded);
    const std::lock_guard lock(*mutex_);
    directories_.emplace(directory, std::move(*loaded));
  }
}

const check::Config* CheckConfig::in(const std::string& directory) const {
  const std::shared_lock lock(*mutex_);
  const auto found = directories_.find(directory);
  return found == directories_.end() ? nullptr : &found->second;
}

void CheckConfig::suppress(const Subjects& subjects, std::vector<Finding>& findings,
                           std::vector<std::string>& notes) const {
  check::apply_severities(run_, findings);
  if (!subjects.sources.empty() && !none_) {
    if (const check::Config* own = in(directory_of(subjects.sources.front().name))) {
      check::apply_severities(*own, findings);
      check::apply_ignores(*own, today_, findings);
    }
  }
  check::apply_ignores(run_, today_, findings);
  check::apply_pragmas(subjects, {.today = today_, .hadolint = run_.hadolint_pragmas}, findings, notes);
  check::apply_annotations(subjects, findings);
}

std::vector<Error> CheckConfig::errors() const {
  std::vector<Error> all = run_.errors;
  const std::shared_lock lock(*mutex_);
  for (const auto& [directory, config] : directories_) {
    for (const Error& error : config.errors) {
      if (std::ranges::find(all, error) == all.end()) all.push_back(error);
    }
  }
  return all;
}

}  // namespace oakum::cli
