#include <string_view>
#include <vector>

#include "rules/image/history.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check_apk(const ImageFacts& image, const std::vector<HistoryCommand>& commands, std::string_view step,
               Judge& judge) {
  if (step.find("/var/cache/apk") != std::string_view::npos) return;
  for (const HistoryCommand& command : commands) {
    if (command.program != "apk" || command.verb() != "add" || command.has("--no-cache")) continue;
    only_aliases(judge.found(image, join({quoted(command.text), " keeps apk's index: --no-cache is missing"})),
                 {"DKL-DI-0004"});
  }
}

void check_apt(const ImageFacts& image, const std::vector<HistoryCommand>& commands, std::string_view step,
               Judge& judge) {
  if (step.find("/var/lib/apt/lists") != std::string_view::npos) return;
  for (const HistoryCommand& command : commands) {
    if ((command.program != "apt-get" && command.program != "apt") || command.verb() != "install") continue;
    only_aliases(judge.found(image, join({quoted(command.text), " leaves /var/lib/apt/lists behind"})),
                 {"DKL-DI-0005"});
    return;
  }
}

void check(const ImageFacts& image, Judge& judge) {
  for (const HistoryStep& step : image.history) {
    const std::vector<HistoryCommand> commands = commands_of(step);
    check_apk(image, commands, step.instruction, judge);
    check_apt(image, commands, step.instruction, judge);
  }
}

}  // namespace

extern constinit const Rule history_package_cache{
    .info = checked({
        .id = "history-package-cache",
        .title = "package caches were left in a layer",
        .severity = Severity::info,
        .practice = Practice::build_hygiene,
        .surfaces = "I",
        .aliases = "DKL-DI-0004 DKL-DI-0005",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "clean in the same RUN: rm -rf /var/lib/apt/lists/*, apk add --no-cache",
        .why =
            "Lists and archives of the package manager are of no use after the install. A later step that removes them "
            "hides them only: their layer is still pulled.",
        .bad = {Surface::image, R"({"config": {"history": [{"created_by": "RUN /bin/sh -c apk add nginx"}]}})"},
        .good = {Surface::image,
                 R"({"config": {"history": [{"created_by": "RUN /bin/sh -c apk add --no-cache nginx"}]}})"},
        .references = "https://docs.docker.com/build/building/best-practices/#apt-get "
                      "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md#dkl-di-0005",
    }),
    .checks = {.image = check},
};

}  // namespace oakum::rules
