// A command: parse options, call the libraries, print, return an exit status. One file each, one line in the table of
// main_command.cc.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace oakum::cli {

// The exit status is API; the manual prints this list.
enum ExitStatus : int {
  kClean = 0,  // nothing at or above the threshold
  kFindings = 1,
  kCouldNot = 2,  // usage, a target unreadable, a feed unreachable — even when other targets gave findings
  kInterrupted = 130,
};

// Adds the command's subcommand to `app`; what to run when it is chosen goes to `run`.
using Run = std::function<int()>;
struct Command {
  const char* name;
  void (*add)(CLI::App& app, Run& run);
};

void add_check(CLI::App& app, Run& run);
void add_fix(CLI::App& app, Run& run);
void add_convert(CLI::App& app, Run& run);
void add_checklist(CLI::App& app, Run& run);
void add_follow(CLI::App& app, Run& run);
void add_scan(CLI::App& app, Run& run);
void add_explain(CLI::App& app, Run& run);
void add_rules(CLI::App& app, Run& run);
void add_lsp(CLI::App& app, Run& run);
void add_db(CLI::App& app, Run& run);
void add_doctor(CLI::App& app, Run& run);
void add_plumbing(CLI::App& app, Run& run);

int run_main(int argc, char** argv);

}  // namespace oakum::cli
