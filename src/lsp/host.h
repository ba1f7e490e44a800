// What the language server is given by the program around it: how a check is set up is the command line's business.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "check/check.h"
#include "lsp/settings.h"
#include "rules/kit/rule.h"

namespace oakum::lsp {

// One check, set up as `oakum check` does it.
struct Setup {
  check::ReadOptions read;
  check::Plan plan;  // `fix` is set here
  // What could not be understood in configuration files; asked after the check.
  std::function<std::vector<Error>()> complaints;
  std::shared_ptr<const void> holds;  // what the functions above borrow
};

struct Host {
  std::string version;
  // For documents of this directory ("" for those that are no files).
  std::function<Result<Setup>(const std::string& directory, const Settings& settings)> prepare;
  // Files or images may have changed: what was looked up is to be looked up again.
  std::function<void()> forget;
  std::function<std::string(const rules::Rule& rule, bool markdown)> page;
};

}  // namespace oakum::lsp
