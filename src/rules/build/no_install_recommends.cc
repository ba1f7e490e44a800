#include <algorithm>

#include "rules/build/packages.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// -o APT::Install-Recommends=false, and the other words for no.
bool is_setting(const Option& option) {
  constexpr std::string_view kName = "APT::Install-Recommends=";
  if (!option.value.starts_with(kName)) return false;
  return is_listed("0 false no off", option.value.substr(kName.size()));
}

void check(const shell::Command& command, const RunView& view, Judge& judge) {
  const auto call = package_command(command);
  if (!call || call->manager != Manager::apt || call->subcommand != "install") return;
  const Options& arguments = call->arguments;
  if (arguments.has({"no-install-recommends", "without-recommends", "R"})) return;
  if (std::ranges::any_of(arguments.options, is_setting)) return;
  Finding& finding = judge.found(view.dockerfile, view.instruction, call->subcommand_word->span,
                                 "also installs what the packages only recommend: --no-install-recommends is missing");
  if (call->tool != "apt-get") only_aliases(finding, {});
}

}  // namespace

extern constinit const Rule no_install_recommends{
    .info = checked({
        .id = "no-install-recommends",
        .title = "recommended packages are installed too",
        .severity = Severity::info,
        .practice = Practice::minimal_base,
        .surfaces = "DI",
        .aliases = "DL3015 DS-0029 KICS-7384dfb2",
        .grade = Grade::strict,
        .fix = FixSafety::unsafe,
        .fix_summary = "add --no-install-recommends, and name what is then missing",
        .why = "Recommended packages are extras that a desktop may want. In an image they are weight, and every one of "
               "them is more code that can have a hole.",
        .bad = {Surface::dockerfile, "FROM debian:12\nRUN apt-get install -y curl\n"},
        .good = {Surface::dockerfile, "FROM debian:12\nRUN apt-get install -y --no-install-recommends curl\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3015 "
                      "https://docs.docker.com/build/building/best-practices/#apt-get",
    }),
    .checks = {.command = check, .history = true},
};

}  // namespace oakum::rules
