#include "cli/prove_options.h"

#include <CLI/CLI.hpp>

namespace oakum::cli {

void add_prove_options(CLI::App& command, ProveOptions& options) {
  command.add_flag("--prove", options.prove,
                   "start it before and after on the container engine, compare, and take back what breaks it");
  command
      .add_option("--probe", options.probes,
                  "[SERVICE=]COMMAND or URL that has to answer after as before; may be repeated")
      ->type_name("PROBE")
      ->allow_extra_args(false)
      ->needs("--prove");
  command.add_option("--evidence", options.evidence, "where to write what was seen, as JSON (.oakum/proof-DATE.json)")
      ->type_name("FILE")
      ->needs("--prove");
  command.add_option("--settle", options.settle, "seconds in which nothing may change before a service counts as up")
      ->check(CLI::Range(0.1, 600.0))
      ->needs("--prove");
  command.add_option("--ready", options.ready, "seconds that a service may take to be up")
      ->check(CLI::Range(1.0, 3600.0))
      ->needs("--prove");
}

}  // namespace oakum::cli
