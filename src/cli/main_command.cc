#include <CLI/CLI.hpp>

#include "cli/command.h"

namespace oakum::cli {

int run_main(int argc, char** argv) {
  CLI::App app{"find, fix, enforce and prove container hardening", "oakum"};
  CLI11_PARSE(app, argc, argv);
  return kClean;
}

}  // namespace oakum::cli
