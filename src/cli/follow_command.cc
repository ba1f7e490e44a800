// oakum follow: one control through Dockerfile, image, Compose, manifest, run line, running container and kernel.
#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "check/follow.h"
#include "cli/base_images.h"
#include "cli/check_options.h"
#include "cli/check_targets.h"
#include "cli/command.h"
#include "cli/console.h"
#include "report/layout.h"

namespace oakum::cli {

namespace {

using check::Trail;
using Json = nlohmann::ordered_json;

struct FollowArguments {
  std::string control;
  CheckArguments check;
};

std::string control_names() {
  std::string list;
  for (const check::Control& control : check::controls())
    list += (list.empty() ? "" : ", ") + std::string(control.name);
  return list;
}

Result<std::vector<Trail>> trails_of(const FollowArguments& arguments, bool& failed) {
  if (std::ranges::find(check::controls(), arguments.control, &check::Control::name) == check::controls().end()) {
    return fail(ErrorCode::usage, printable(arguments.control, 60), "is no control that can be followed",
                "one of " + control_names());
  }
  CheckTargets targets = gather(arguments.check);
  for (const Error& error : targets.errors) complain(error);
  failed = !targets.errors.empty();
  std::vector<check::Unit> units;
  for (std::size_t i = 0; i < targets.pending.size(); ++i) {
    check::Pending& pending = targets.pending[i];
    if (pending.kind != check::FileKind::none) {
      pending.unit.subjects.first_source = static_cast<std::uint32_t>(i) * check::kSourcesPerUnit;
      check::read_unit(pending.unit, pending.kind, {});
    }
    for (const Error& error : pending.unit.subjects.errors) complain(error);
    failed = failed || !pending.unit.subjects.errors.empty();
    units.push_back(std::move(pending.unit));
  }
  BaseImages base_images(arguments.check.image_directories, arguments.check.docker_host);
  for (check::Unit& unit : units) base_images.find(unit);
  std::vector<const Subjects*> subjects;
  for (const check::Unit& unit : units) subjects.push_back(&unit.subjects);
  std::vector<Trail> trails = check::follow(arguments.control, subjects);
  if (trails.empty() && !failed) {
    return fail(ErrorCode::not_found, arguments.control, "nothing here states it or is run",
                "name a Compose file, a manifest, a run line or container:NAME");
  }
  return trails;
}

std::string as_text(const std::vector<Trail>& trails, std::size_t width, bool colour) {
  const report::Style style(colour);
  std::string text;
  for (const Trail& trail : trails) {
    std::size_t column = 0;
    for (const check::Step& step : trail.steps) column = std::max(column, report::display_width(step.where));
    column = std::min(column, width / 2);
    text += style.bold(printable(trail.subject)) + "\n";
    for (const check::Step& step : trail.steps) {
      text += std::string(step.decides ? "  > " : "    ") +
              report::pad_right(report::cut(printable(step.where), column), column) + "  " + printable(step.says) +
              "\n";
    }
    text += "  = " +
            (trail.held ? printable(trail.verdict) : style.severity(Severity::high, printable(trail.verdict))) + "\n\n";
  }
  return text;
}

std::string as_json(const std::string& control, const std::vector<Trail>& trails) {
  Json list = Json::array();
  for (const Trail& trail : trails) {
    Json steps = Json::array();
    for (const check::Step& step : trail.steps)
      steps.push_back({{"where", step.where}, {"says", step.says}, {"decides", step.decides}});
    list.push_back(
        {{"subject", trail.subject}, {"held", trail.held}, {"verdict", trail.verdict}, {"steps", std::move(steps)}});
  }
  return Json{{"schema", "oakum.follow/1"}, {"control", control}, {"trails", std::move(list)}}.dump(
             2, ' ', false, Json::error_handler_t::replace) +
         "\n";
}

int run_follow(const FollowArguments& arguments) {
  bool failed = false;
  const auto trails = trails_of(arguments, failed);
  if (!trails) {
    complain(trails.error());
    return kCouldNot;
  }
  const std::string text = arguments.check.format == "json"
                               ? as_json(arguments.control, *trails)
                               : as_text(*trails, terminal_width(), wants_colour(arguments.check.colour));
  if (auto status = print(text); !status) {
    complain(status.error());
    return kCouldNot;
  }
  if (failed) return kCouldNot;
  return std::ranges::all_of(*trails, &Trail::held) ? kClean : kFindings;
}

}  // namespace

void add_follow(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<FollowArguments>();
  CLI::App* command = app.add_subcommand(
      "follow", "one control through all surfaces: who states it, who has the last word, where it is won or lost");
  command->add_option("control", arguments->control, control_names())->required();
  command->add_option("target", arguments->check.targets, "as for oakum check");
  command->add_option("-f,--format", arguments->check.format, "terminal or json")
      ->check(CLI::IsMember({"terminal", "json"}));
  command->add_option("--image-dir", arguments->check.image_directories, "look for images in archives and layouts here")
      ->allow_extra_args(false);
  command->add_option("--docker-host", arguments->check.docker_host,
                      "engine address, instead of DOCKER_HOST and contexts");
  command->add_option("--color,--colour", arguments->check.colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  command->callback([arguments, &run] { run = [arguments] { return run_follow(*arguments); }; });
}

}  // namespace oakum::cli
