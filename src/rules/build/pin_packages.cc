#include <algorithm>
#include <string>
#include <vector>

#include "rules/build/packages.h"
#include "rules/build/unpinned.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

struct Aliases {
  Manager manager;
  std::string_view hadolint, kics;  // "" without
  std::string_view sign;            // how a version is written, for the message
};
constexpr Aliases kAliases[] = {
    {Manager::apk, "DL3018", "KICS-d3499f6d", "name=1.2.3-r0"},
    {Manager::apt, "DL3008", "KICS-965a08d7", "name=1.2.3-1"},
    {Manager::cargo, "", "", "name@1.2.3"},
    {Manager::composer, "", "", "vendor/name:1.2.3"},
    {Manager::conda, "", "", "name=1.2.3"},
    {Manager::dnf, "DL3041", "KICS-93d88cf7", "name-1.2.3"},
    {Manager::gem, "DL3028", "KICS-22cd11f7", "name:1.2.3"},
    {Manager::go, "DL3062", "", "name@v1.2.3"},
    {Manager::npm, "DL3016", "KICS-e36d8880", "name@1.2.3"},
    {Manager::php_extensions, "", "", "name-1.2.3"},
    {Manager::pip, "DL3013", "KICS-02d9c71f", "name==1.2.3"},
    {Manager::yarn, "", "", "name@1.2.3"},
    {Manager::yum, "DL3033", "KICS-6452c424", "name-1.2.3"},
    {Manager::zypper, "DL3037", "KICS-562952e4", "name=1.2.3"},
};
static_assert(std::ranges::is_sorted(kAliases, {}, &Aliases::manager));

std::string described(const std::vector<const shell::Word*>& words, const Aliases& row) {
  constexpr std::size_t kShown = 3;
  std::string names = quoted(words.front()->text);
  for (std::size_t i = 1; i < std::min(words.size(), kShown); ++i) names += join({", ", quoted(words[i]->text)});
  if (words.size() > kShown) names += join({" and ", std::to_string(words.size() - kShown), " more"});
  return join({"no version is given for ", names, " (", row.sign, ")"});
}

void check(const shell::Command& command, const RunView& view, Judge& judge) {
  const auto call = package_command(command);
  if (!call || !call->installs()) return;
  const std::vector<const shell::Word*> words = unpinned(*call);
  if (words.empty()) return;
  const Aliases& row = *std::ranges::lower_bound(kAliases, call->manager, {}, &Aliases::manager);
  Finding& finding = judge.found(view.dockerfile, view.instruction, words.front()->span, described(words, row));
  only_aliases(finding, {});
  if (!call->is_usual_tool()) return;
  if (!row.hadolint.empty()) add_alias(finding, row.hadolint);
  if (!row.kics.empty()) add_alias(finding, row.kics);
}

}  // namespace

extern constinit const Rule pin_packages{
    .info = checked({
        .id = "pin-packages",
        .title = "a package is installed in whatever version is newest",
        .severity = Severity::low,
        .practice = Practice::pinned_trusted_base,
        .surfaces = "DI",
        .aliases = "DL3008 DL3013 DL3016 DL3018 DL3028 DL3033 DL3037 DL3041 DL3062 KICS-02d9c71f KICS-22cd11f7 "
                   "KICS-562952e4 KICS-6452c424 KICS-93d88cf7 KICS-965a08d7 KICS-d3499f6d KICS-e36d8880",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "give the version that was tested, or install from a lock file or a snapshot of the archive",
        .why =
            "Without a version the same Dockerfile builds another image tomorrow: a release that breaks, or one that "
            "an attacker published, comes in without anybody having chosen it.",
        .bad = {Surface::dockerfile, "FROM debian:12\nRUN apt-get install -y curl\n"},
        .good = {Surface::dockerfile, "FROM debian:12\nRUN apt-get install -y curl=7.88.1-10+deb12u12\n"},
        .references = "https://docs.docker.com/build/building/best-practices/#apt-get "
                      "https://github.com/hadolint/hadolint/wiki/DL3008",
    }),
    .checks = {.command = check, .history = true},
};

}  // namespace oakum::rules
