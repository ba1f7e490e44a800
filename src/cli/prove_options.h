// `oakum fix --prove`: what was typed.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace oakum::cli {

struct ProveOptions {
  bool prove = false;
  std::vector<std::string> probes;  // [SERVICE=]COMMAND or URL
  std::string evidence;             // path; "" .oakum/proof-DATE.json beside the first target
  double settle = 2;                // seconds
  double ready = 60;                // seconds
};

// --prove, --probe, --evidence, --settle, --ready. The engine is that of --docker-host.
void add_prove_options(CLI::App& command, ProveOptions& options);

}  // namespace oakum::cli
