// `oakum check`: what was typed, and what it means.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "check/check.h"
#include "check/config.h"
#include "cli/outputs.h"
#include "model/severity.h"
#include "report/reporter.h"

namespace CLI {
class App;
}

namespace oakum::cli {

// As typed.
struct CheckArguments {
  std::vector<std::string> targets;
  std::vector<std::string> compose_files;
  std::vector<std::string> only, skip, severity, outputs, build_args, image_directories;
  std::string profile;
  std::string format;
  std::string fail_on;
  std::string stage;
  std::string changed_since;
  std::string baseline, write_baseline;
  std::string config;
  std::string docker_host;
  std::string kubernetes_version;
  std::string stdin_name;
  std::string colour = "auto";
  std::size_t threads = 0;
  int exit_code = -1;
  bool no_config = false;
  bool no_base_images = false;
  bool no_shellcheck = false;
  bool show_suppressed = false;
  bool verbose = false;
  bool quiet = false;
  bool fix = false;     // fix what can be fixed first
  bool unsafe = false;  // with `fix`: also what may change behaviour
};

// What it means.
struct CheckPlan {
  check::Plan plan;
  check::ReadOptions read;
  std::vector<Severity> severities;  // shown; empty: all
  std::optional<Severity> fail_on;   // unset: nothing fails
  int findings_status = 1;
  std::vector<Output> outputs;
  report::ReportOptions report;
};

// What is looked at and by which rules: shared with `oakum fix`.
void add_selection_options(CLI::App& command, CheckArguments& arguments);
void add_check_options(CLI::App& command, CheckArguments& arguments);
// What is not typed comes from the configuration.
Result<CheckPlan> resolve(const CheckArguments& arguments, const check::Config& config);

}  // namespace oakum::cli
