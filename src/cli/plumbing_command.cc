// oakum plumbing: stable internals for scripts and tests.
#include <memory>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/plumbing_dockerfile.h"
#include "cli/plumbing_packages.h"
#include "cli/plumbing_versions.h"
#include "cli/plumbing_workload.h"

namespace oakum::cli {

namespace {

struct Plumbing {
  const char* name;
  const char* argument;
  const char* summary;
  int (*run)(const std::string& argument);
};

constexpr Plumbing kPlumbing[] = {
    {"version", "scheme", "stdin lines A<TAB>B → -1, 0, 1 or error: …", plumbing_version},
    {"constraint", "scheme", "stdin lines VERSION<TAB>CONSTRAINT → true, false or error: …", plumbing_constraint},
    {"packages", "path", "packages under a root directory or in one package database, as JSON", plumbing_packages},
    {"dockerfile", "file", "stages and instructions of a Dockerfile with their places, as JSON", plumbing_dockerfile},
    {"workload", "file", "workloads read from any source, each field with its value and origin, as JSON",
     plumbing_workload},
};

}  // namespace

void add_plumbing(CLI::App& app, Run& run) {
  CLI::App* plumbing = app.add_subcommand("plumbing", "stable, scriptable internals");
  plumbing->require_subcommand(1);
  for (const Plumbing& row : kPlumbing) {
    auto argument = std::make_shared<std::string>();
    CLI::App* command = plumbing->add_subcommand(row.name, row.summary);
    command->add_option(row.argument, *argument)->required();
    command->callback([argument, &run, &row] { run = [argument, &row] { return row.run(*argument); }; });
  }
}

}  // namespace oakum::cli
