#include <algorithm>
#include <iterator>

#include "rules/build/packages.h"
#include "rules/build/run.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

struct Asking {
  Manager manager;
  std::string_view subcommands;  // those that ask, and that the peers know
  std::string_view others;       // ask as well
  std::string_view flag;         // what to write
  std::string_view hadolint, kics;
};
constexpr Asking kAsking[] = {
    {Manager::apt, "install", "upgrade dist-upgrade full-upgrade remove purge autoremove build-dep", "-y", "DL3014",
     "KICS-77783205"},
    {Manager::dnf, "install groupinstall localinstall", "upgrade update remove autoremove", "-y", "DL3038",
     "KICS-7ebd323c"},
    {Manager::yum, "install groupinstall localinstall", "upgrade update remove reinstall", "-y", "DL3030",
     "KICS-6e19193a"},
    {Manager::zypper, "install in remove rm source-install si patch", "update up dist-upgrade dup", "-n", "DL3034",
     "KICS-45e1fca5"},
};

bool says_yes(const PackageCommand& call) {
  const Options& arguments = call.arguments;
  if (arguments.has({"y", "yes", "assume-yes", "assumeyes", "force-yes", "non-interactive", "no-confirm"})) return true;
  if (call.manager == Manager::zypper) return arguments.has({"n"});
  if (call.manager != Manager::apt) return false;
  if (arguments.count("q") >= 2) return true;
  return std::ranges::any_of(arguments.options, [](const Option& option) {
    return (option.name == "q" && option.value == "2") ||
           option.value.find("APT::Get::Assume-Yes") != std::string_view::npos;
  });
}

// `yes | apt-get install …`
bool is_answered(const shell::Command& command, const shell::Script& script) {
  if (std::ranges::any_of(command.redirections, [](const shell::Redirection& r) { return r.op == "<<<"; })) return true;
  return std::ranges::any_of(feeding(command, script), [](const shell::Command* other) {
    return is_listed("yes echo printf", program_of(*other));
  });
}

void check(const shell::Command& command, const RunView& view, Judge& judge) {
  const auto call = package_command(command);
  if (!call) return;
  const auto* row = std::ranges::find(kAsking, call->manager, &Asking::manager);
  if (row == std::end(kAsking) || says_yes(*call)) return;
  const bool known = call->does(row->subcommands);
  if (!known && !call->does(row->others)) return;
  if (call->arguments.has({"s", "simulate", "dry-run", "download-only", "h", "help"})) return;
  if (is_answered(command, view.script)) return;
  Finding& finding = judge.found(
      view.dockerfile, view.instruction, call->subcommand_word->span,
      join({quoted(join({call->tool, " ", call->subcommand})), " asks before it goes on: ", row->flag, " is missing"}));
  only_aliases(finding, {});
  if (!known || !call->is_usual_tool()) return;
  only_aliases(finding, {row->hadolint, row->kics});
  if (call->manager == Manager::apt) add_alias(finding, "DS-0021");
}

}  // namespace

extern constinit const Rule yes_flag{
    .info = checked({
        .id = "yes-flag",
        .title = "a package manager asks a question nobody can answer",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3014 DL3030 DL3034 DL3038 DS-0021 KICS-45e1fca5 KICS-6e19193a KICS-77783205 KICS-7ebd323c",
        .fix = FixSafety::safe,
        .fix_summary = "answer beforehand: -y (zypper: --non-interactive)",
        .why = "A build has no keyboard. Without the flag the install stops at its question and the build fails, or, "
               "where it happens to have nothing to ask, fails on a later day.",
        .bad = {Surface::dockerfile, "FROM debian:12\nRUN apt-get install curl\n"},
        .good = {Surface::dockerfile, "FROM debian:12\nRUN apt-get install -y curl\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3014",
    }),
    .checks = {.command = check},
};

}  // namespace oakum::rules
