// What each target that was typed is, and the units it becomes.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "check/check.h"
#include "cli/check_options.h"

namespace oakum::cli {

struct CheckTargets {
  std::vector<check::Pending> pending;
  std::vector<Error> errors;  // targets that could not be found or read at all
};

// Are these words a run line (docker run …) rather than names of targets?
bool is_run_line(const std::vector<std::string>& words);

// Files are told by content, directories walked, images and containers opened. Files named twice are read once.
CheckTargets gather(const CheckArguments& arguments);

}  // namespace oakum::cli
