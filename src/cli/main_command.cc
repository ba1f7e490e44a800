#include <algorithm>
#include <csignal>
#include <exception>
#include <iterator>
#include <string_view>

#include <CLI/CLI.hpp>

#include "base/text.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/version.h"

namespace oakum::cli {

namespace {

// In the order of --help.
// clang-format off
constexpr Command kCommands[] = {
    {"check", add_check},
    {"fix", add_fix},
    {"convert", add_convert},
    {"scan", add_scan},
    {"checklist", add_checklist},
    {"follow", add_follow},
    {"explain", add_explain},
    {"rules", add_rules},
    {"lsp", add_lsp},
    {"db", add_db},
    {"doctor", add_doctor},
    {"plumbing", add_plumbing},
};
// clang-format on

// CLI11's own words, in our form: "oakum: what: why; what to do".
int complain_about_usage(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  std::string todo = "see oakum --help";
  const CLI::App* chosen = &app;
  while (!chosen->get_subcommands().empty()) chosen = chosen->get_subcommands().front();
  if (chosen != &app) todo = "see oakum " + chosen->get_name() + " --help";
  if (argc > 1 && chosen == &app && argv[1][0] != '-') {
    std::vector<std::string_view> names;
    for (const Command& command : kCommands) names.emplace_back(command.name);
    const std::string_view near = nearest(argv[1], names);
    todo = near.empty() ? todo : "did you mean \"" + std::string(near) + "\"?";
    complain(Error{ErrorCode::usage, argv[1], "unknown command", todo});
    return kCouldNot;
  }
  complain(Error{ErrorCode::usage, {}, printable(error.what(), 400), todo});
  return kCouldNot;
}

// Options of commands that are not run cost time at each start: where the first word names one, it is the only one.
void add_commands(CLI::App& app, Run& run, std::string_view first_word) {
  const auto* named = std::ranges::find(kCommands, first_word, &Command::name);
  if (named != std::end(kCommands)) return named->add(app, run);
  for (const Command& command : kCommands) command.add(app, run);
}

int parse_and_run(int argc, char** argv) {
  CLI::App app{"find, fix, enforce and prove container hardening", "oakum"};
  app.set_version_flag("--version", "oakum " + std::string(kVersion));
  app.require_subcommand(1);
  Run run;
  add_commands(app, run, argc > 1 ? argv[1] : "");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {  // --help, --version
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    if (argc == 1) {
      std::fputs(app.help().c_str(), stderr);
      return kCouldNot;
    }
    return complain_about_usage(app, error, argc, argv);
  }
  return run();
}

}  // namespace

int run_main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that went away shows as EPIPE where the writing is done
  try {
    return parse_and_run(argc, argv);
  } catch (const std::exception& error) {
    complain(Error{ErrorCode::internal, {}, std::string("unexpected failure: ") + error.what(), "please report this"});
    return kCouldNot;
  }
}

}  // namespace oakum::cli
