// oakum checklist: the practices, one line each, as far as files, images and containers can answer.
#include <algorithm>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "check/checklist.h"
#include "check/selection.h"
#include "cli/base_images.h"
#include "cli/check_options.h"
#include "cli/check_targets.h"
#include "cli/command.h"
#include "cli/console.h"
#include "report/layout.h"

namespace oakum::cli {

namespace {

using check::ChecklistLine;
using check::Standing;
using Json = nlohmann::ordered_json;

constexpr std::size_t kStandingWidth = 14;

std::string coloured(const report::Style& style, Standing standing) {
  const std::string word = report::pad_right(check::to_string(standing), kStandingWidth);
  switch (standing) {
    case Standing::held:
      return style.bold(word);
    case Standing::not_held:
      return style.severity(Severity::high, word);
    case Standing::not_known:
      return style.severity(Severity::medium, word);
    case Standing::not_applicable:
      return style.dim(word);
  }
  return word;
}

std::string table(const std::vector<ChecklistLine>& lines, std::size_t width, bool colour) {
  const report::Style style(colour);
  std::size_t name = 0;
  for (const ChecklistLine& line : lines) name = std::max(name, report::display_width(line.name));
  std::string text;
  for (const ChecklistLine& line : lines) {
    const std::string start = "  " + coloured(style, line.standing) + "  " + report::pad_right(line.name, name) + "  ";
    const std::size_t room = width > name + 30 ? width - name - kStandingWidth - 6 : 24;
    text += start + style.dim(report::cut(printable(line.evidence), room)) + "\n";
  }
  return text;
}

Json lines_json(const std::vector<ChecklistLine>& lines) {
  Json list = Json::array();
  for (const ChecklistLine& line : lines) {
    list.push_back({{"name", line.name},
                    {"title", line.title},
                    {"standing", check::to_string(line.standing)},
                    {"findings", line.findings},
                    {"evidence", line.evidence}});
  }
  return list;
}

std::string shown(const check::Checklist& list, const CheckArguments& arguments) {
  if (arguments.format == "json") {
    const Json document = {
        {"schema", "oakum.checklist/1"}, {"practices", lines_json(list.practices)}, {"brief", lines_json(list.brief)}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  const std::size_t width = terminal_width();
  const bool colour = wants_colour(arguments.colour);
  const report::Style style(colour);
  return style.bold("practices") + "\n" + table(list.practices, width, colour) + "\n" + style.bold("in short") + "\n" +
         table(list.brief, width, colour);
}

int run_checklist(const CheckArguments& arguments) {
  auto selection = check::select_rules(check::Profile::strict, {}, {});
  if (!selection) {
    complain(selection.error());
    return kCouldNot;
  }
  CheckTargets targets = gather(arguments);
  for (const Error& error : targets.errors) complain(error);
  check::Plan plan;
  plan.selection = std::move(*selection);
  plan.shellcheck = false;  // no practice hangs on it
  BaseImages base_images(arguments.image_directories, arguments.docker_host);
  plan.resolve = [&](check::Unit& unit) { base_images.find(unit); };
  const std::vector<const rules::Rule*> rules = plan.selection.rules;
  const std::vector<Target> judged = check::run(std::move(targets.pending), {}, plan);
  bool failed = !targets.errors.empty();
  for (const Target& target : judged) {
    for (const Error& error : target.errors) complain(error);
    failed = failed || !target.errors.empty();
  }
  const check::Checklist list = check::make_checklist(judged, rules);
  if (auto status = print(shown(list, arguments)); !status) {
    complain(status.error());
    return kCouldNot;
  }
  if (failed) return kCouldNot;
  const auto broken = [](const ChecklistLine& line) { return line.standing == Standing::not_held; };
  return std::ranges::any_of(list.practices, broken) ? kFindings : kClean;
}

}  // namespace

void add_checklist(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<CheckArguments>();
  CLI::App* command =
      app.add_subcommand("checklist", "the practices, one line each: held, not held, not applicable, with evidence");
  command->add_option("target", arguments->targets, "as for oakum check");
  command->add_option("-f,--format", arguments->format, "terminal or json")->check(CLI::IsMember({"terminal", "json"}));
  command->add_option("--image-dir", arguments->image_directories, "look for base images in archives and layouts here")
      ->allow_extra_args(false);
  command->add_option("--docker-host", arguments->docker_host, "engine address, instead of DOCKER_HOST and contexts");
  command->add_option("--color,--colour", arguments->colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  command->callback([arguments, &run] { run = [arguments] { return run_checklist(*arguments); }; });
}

}  // namespace oakum::cli
