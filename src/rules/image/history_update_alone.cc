#include <algorithm>
#include <string_view>

#include "rules/image/history.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

constexpr std::string_view kManagers[] = {"apk", "apt", "apt-get", "aptitude"};
constexpr std::string_view kUses[] = {"add",     "build-dep", "dist-upgrade", "download", "full-upgrade",
                                      "install", "satisfy",   "source",       "upgrade"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::string_view (&words)[N]) {
  return std::ranges::find(words, word) != std::end(words);
}

void check(const ImageFacts& image, Judge& judge) {
  for (const HistoryStep& step : image.history) {
    const std::vector<HistoryCommand> commands = commands_of(step);
    const auto is_update = [](const HistoryCommand& command) {
      return is_one_of(command.program, kManagers) && command.verb() == "update";
    };
    // Scripts may install whatever they like: only steps that are all known are told.
    const bool used = std::ranges::any_of(commands, [](const HistoryCommand& command) {
      return (is_one_of(command.program, kManagers) && is_one_of(command.verb(), kUses)) ||
             command.text.find("install") != std::string_view::npos || command.program.ends_with(".sh");
    });
    const auto update = std::ranges::find_if(commands, is_update);
    if (update == commands.end() || used) continue;
    judge.found(image, join({quoted(update->text), " is a step without an install"}));
  }
}

}  // namespace

extern constinit const Rule history_update_alone{
    .info = checked({
        .id = "history-update-alone",
        .title = "package lists were updated in a step of their own",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "I",
        .aliases = "CIS-4.7 CIS-DI-0007",
        .fix = FixSafety::advice,
        .fix_summary = "join the update and the install in one RUN",
        .why =
            "The step that only updates package lists is cached on its own: later builds install from lists that are "
            "weeks old, and miss security fixes that are in the archive.",
        .bad = {Surface::image, R"({"config": {"history": [{"created_by": "RUN /bin/sh -c apt-get update"}]}})"},
        .good =
            {Surface::image,
             R"({"config": {"history": [{"created_by": "RUN /bin/sh -c apt-get update && apt-get install -y nginx"}]}})"},
        .references = "https://docs.docker.com/build/building/best-practices/#apt-get "
                      "https://www.cisecurity.org/benchmark/docker",
    }),
    .checks = {.image = check},
};

}  // namespace oakum::rules
