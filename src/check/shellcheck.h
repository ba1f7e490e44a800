// ShellCheck's findings on the RUN instructions of a Dockerfile, at their true place in the file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/dockerfile.h"
#include "model/finding.h"
#include "read/shell/shell.h"

namespace oakum::check {

// One RUN as it is handed over: a first line "#!SHELL", a second that exports what ARG and ENV set, then the script.
struct ShellScript {
  std::string text;
  std::size_t body = 0;            // where the script itself begins in `text`
  std::vector<shell::Anchor> map;  // from the script to the file
  std::size_t stage = 0;
};

// Shell form only, and only for shells that ShellCheck knows; heredocs with a shebang of another program are left out.
// `text` is the Dockerfile's.
std::vector<ShellScript> shell_scripts(const Dockerfile& dockerfile, std::string_view text);

// Runs the program `shellcheck` once for up to 200 scripts. Rule "shellcheck", alias "SC2086"; off are SC1090, SC1091
// and SC2187, which no RUN can heed. An error of code not_found when it is not installed.
Result<std::vector<Finding>> shellcheck(const Dockerfile& dockerfile, std::string_view text);

}  // namespace oakum::check
