// The configuration of a check: one for the run (from its first target), and one for each other directory that has
// files.
#pragma once

#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <vector>

#include "base/error.h"
#include "check/check.h"
#include "check/config.h"

namespace oakum::cli {

class CheckConfig {
 public:
  // `targets` as typed; `file` names the configuration, "" looks for it. With `none` nothing is read.
  static Result<CheckConfig> load(const std::vector<std::string>& targets, const std::string& file, bool none);

  const check::Config& run() const { return run_; }

  // Reads what lies beside the files of this unit, before suppress() of its subjects. Thread-safe.
  void look_beside(const check::Unit& unit);

  // Pragmas, annotations and ignore entries; severities too. Thread-safe.
  void suppress(const Subjects& subjects, std::vector<Finding>& findings, std::vector<std::string>& notes) const;

  // What could not be understood in any of the files.
  std::vector<Error> errors() const;

 private:
  // nullptr: nothing was read there. Good for this object's life.
  const check::Config* in(const std::string& directory) const;

  bool none_ = false;
  std::string root_;
  std::string today_;
  check::Config run_;
  std::unique_ptr<std::shared_mutex> mutex_ = std::make_unique<std::shared_mutex>();  // of what follows
  std::map<std::string, check::Config> directories_;
};

}  // namespace oakum::cli
