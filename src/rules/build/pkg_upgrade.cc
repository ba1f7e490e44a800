#include "rules/build/packages.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

struct Upgrade {
  Manager manager;
  std::string_view subcommands;
  std::string_view kics;
};
constexpr Upgrade kUpgrades[] = {
    {Manager::apk, "upgrade", "KICS-989ab888"},
    {Manager::apt, "upgrade dist-upgrade full-upgrade safe-upgrade", "KICS-682fe378"},
    {Manager::dnf, "upgrade update distro-sync dsync", "KICS-09fda05e"},
    {Manager::yum, "upgrade update distro-sync", "KICS-8f6456be"},
    {Manager::zypper, "update up patch dist-upgrade dup", "KICS-d4895357"},
};

bool of_distribution(const PackageCommand& call) { return call.does("dist-upgrade dup full-upgrade"); }

void check(const shell::Command& command, const RunView& view, Judge& judge) {
  const auto call = package_command(command);
  if (!call || !call->arguments.operands.empty()) return;  // with names it upgrades only those
  for (const Upgrade& row : kUpgrades) {
    if (row.manager != call->manager || !call->does(row.subcommands)) continue;
    Finding& finding = judge.found(
        view.dockerfile, view.instruction, call->subcommand_word->span,
        join({quoted(join({call->tool, " ", call->subcommand})), " replaces whatever the base image holds"}));
    only_aliases(finding, {row.kics});
    if (call->manager == Manager::zypper && of_distribution(*call)) add_alias(finding, "DL3035");
    if (call->manager == Manager::apt && of_distribution(*call)) add_alias(finding, "DS-0024");
    if (call->manager == Manager::apt) add_alias(finding, "DKL-DI-0003");
  }
}

}  // namespace

extern constinit const Rule pkg_upgrade{
    .info = checked({
        .id = "pkg-upgrade",
        .title = "all packages of the base image are upgraded",
        .severity = Severity::low,
        .practice = Practice::pinned_trusted_base,
        .surfaces = "DI",
        .aliases = "DKL-DI-0003 DL3035 DS-0024 KICS-09fda05e KICS-682fe378 KICS-8f6456be KICS-989ab888 KICS-d4895357",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "take a newer base image, by digest, and let a bot raise it",
        .why = "An upgrade in the build depends on the day it runs and doubles every replaced file in the image. It "
               "also hides that the base image itself is old. Some teams want it for the security fixes: then build "
               "without the cache, or the upgrade is done once and never again.",
        .bad = {Surface::dockerfile, "FROM opensuse/leap:15.6\nRUN zypper --non-interactive dist-upgrade\n"},
        .good = {Surface::dockerfile, "FROM opensuse/leap:15.6\nRUN zypper --non-interactive install curl=8.0.1\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3035 "
                      "https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often",
    }),
    .checks = {.command = check, .history = true},
};

}  // namespace oakum::rules
