// `oakum scan`: what was typed, and what it means.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/error.h"
#include "cli/outputs.h"
#include "report/select.h"

namespace oakum::cli {

// As typed.
struct ScanArguments {
  std::vector<std::string> targets;
  std::vector<std::string> severity;
  std::vector<std::string> ignore_status;
  std::vector<std::string> ignore_files;
  std::vector<std::string> outputs;
  std::string format;
  std::string fail_on;
  std::string platform;
  std::string database;
  std::string cache_directory;
  std::string username;
  std::string docker_host;
  std::string colour = "auto";
  int exit_code = -1;
  std::size_t threads = 0;
  bool ignore_unfixed = false;
  bool list_packages = false;
  bool show_suppressed = false;
  bool verbose = false;
  bool quiet = false;
  bool insecure = false;
  bool password_stdin = false;
  bool no_cache = false;
  bool no_sandbox = false;
};

// What it means.
struct ScanPlan {
  report::Selection selection;
  std::vector<Error> ignore_errors;  // bad lines of ignore files
  report::FailOn fail_on;
  bool any_finding_fails = false;  // --exit-code without --fail-on
  int findings_status = 1;
  std::vector<Output> outputs;
  report::ReportOptions report;
  std::string password;
};

Result<ScanPlan> resolve(const ScanArguments& arguments);

}  // namespace oakum::cli
