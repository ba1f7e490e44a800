#include <algorithm>
#include <string_view>

#include "rules/image/history.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

struct Upgrade {
  std::string_view program;
  std::string_view verb;
};

constexpr Upgrade kUpgrades[] = {
    {"apt", "dist-upgrade"}, {"apt", "full-upgrade"}, {"apt", "upgrade"},  {"apt-get", "dist-upgrade"},
    {"apt-get", "upgrade"},  {"apk", "upgrade"},      {"dnf", "upgrade"},  {"dnf", "update"},
    {"microdnf", "upgrade"}, {"microdnf", "update"},  {"tdnf", "upgrade"}, {"tdnf", "update"},
    {"yum", "update"},       {"yum", "upgrade"},      {"zypper", "dup"},   {"zypper", "dist-upgrade"},
    {"zypper", "update"},    {"zypper", "up"},
};

void check(const ImageFacts& image, Judge& judge) {
  for (const HistoryStep& step : image.history) {
    for (const HistoryCommand& command : commands_of(step)) {
      const std::string_view verb = command.verb();
      const bool found = std::ranges::any_of(kUpgrades, [&](const Upgrade& upgrade) {
        return upgrade.program == command.program && upgrade.verb == verb;
      });
      // `yum update openssl` is about one package.
      if (!found || !command.operands_after(verb).empty()) continue;
      Finding& finding = judge.found(image, join({quoted(command.text), " upgrades every package"}));
      if (verb != "dist-upgrade") only_aliases(finding, {});
    }
  }
}

}  // namespace

extern constinit const Rule history_package_upgrade{
    .info = checked({
        .id = "history-package-upgrade",
        .title = "the image was built by upgrading all packages",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "I",
        .aliases = "DKL-DI-0003",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "take a newer base image; install what is needed by name",
        .why =
            "A step that upgrades everything gives another image each day it is built, and stores the old and the new "
            "version of each package. A current base image has the fixes, once.",
        .bad =
            {Surface::image,
             R"({"config": {"history": [{"created_by": "RUN /bin/sh -c apt-get update && apt-get -y dist-upgrade"}]}})"},
        .good =
            {Surface::image,
             R"({"config": {"history": [{"created_by": "RUN /bin/sh -c apt-get update && apt-get -y install nginx"}]}})"},
        .references = "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md#dkl-di-0003",
    }),
    .checks = {.image = check},
};

}  // namespace oakum::rules
