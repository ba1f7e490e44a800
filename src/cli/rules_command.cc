// oakum rules: what oakum looks for, filtered by practice, surface, profile or a peer's name.
#include <algorithm>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "check/selection.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/rule_page.h"
#include "report/layout.h"
#include "rules/all/all.h"

namespace oakum::cli {

namespace {

using Json = nlohmann::ordered_json;
using rules::Rule;
using rules::RuleInfo;

struct RulesArguments {
  std::string practice, surface, alias, profile;
  std::string format = "terminal";
  std::string colour = "auto";
};

constexpr Surface kSurfaces[] = {Surface::dockerfile, Surface::image,       Surface::compose,
                                 Surface::kubernetes, Surface::run_command, Surface::container};

Result<std::optional<Surface>> surface_of(const std::string& typed) {
  if (typed.empty()) return std::nullopt;
  std::string list;
  for (const Surface surface : kSurfaces) {
    if (to_string(surface) == typed) return surface;
    list += (list.empty() ? "" : ", ") + std::string(to_string(surface));
  }
  return fail(ErrorCode::usage, "--surface " + printable(typed, 40), "is no surface", "one of " + list);
}

Result<std::optional<Practice>> practice_of(const std::string& typed) {
  if (typed.empty()) return std::nullopt;
  if (const auto practice = parse_practice(typed)) return practice;
  std::vector<std::string_view> names;
  for (const PracticeInfo& info : practices()) names.push_back(info.name);
  const std::string_view near = nearest(typed, names);
  return fail(ErrorCode::usage, "--practice " + printable(typed, 40), "is no practice",
              near.empty() ? "see oakum checklist" : "did you mean \"" + std::string(near) + "\"?");
}

Result<std::optional<check::Profile>> profile_of(const std::string& typed) {
  if (typed.empty()) return std::nullopt;
  if (const auto profile = check::parse_profile(typed)) return profile;
  return fail(ErrorCode::usage, "--profile " + printable(typed, 40), "is no profile", "see oakum check --help");
}

// `name` is a whole alias, or a tool's prefix as in "kube-linter", "DL", "CIS-4".
bool has_alias(std::string_view aliases, std::string_view name) {
  while (!aliases.empty()) {
    const std::string_view alias = next_field(aliases, ' ');
    if (alias.size() >= name.size() && equals_ignoring_case(alias.substr(0, name.size()), name)) return true;
  }
  return false;
}

Result<std::vector<const Rule*>> chosen(const RulesArguments& arguments) {
  OAKUM_TRY(const auto surface, surface_of(arguments.surface));
  OAKUM_TRY(const auto practice, practice_of(arguments.practice));
  OAKUM_TRY(const auto profile, profile_of(arguments.profile));
  std::vector<const Rule*> result;
  for (const Rule* rule : rules::all_rules()) {
    const RuleInfo& info = rule->info;
    if (surface && !info.surfaces.has(*surface)) continue;
    if (practice && info.practice != *practice) continue;
    if (profile && !check::in_profile(*profile, info)) continue;
    if (!arguments.alias.empty() && !has_alias(info.aliases, arguments.alias)) continue;
    result.push_back(rule);
  }
  return result;
}

Json rule_json(const RuleInfo& info) {
  Json surfaces = Json::array();
  for (const Surface surface : kSurfaces) {
    if (info.surfaces.has(surface)) surfaces.push_back(to_string(surface));
  }
  Json aliases = Json::array();
  std::string_view rest = info.aliases;
  while (!rest.empty()) aliases.push_back(next_field(rest, ' '));
  return {{"id", info.id},
          {"title", info.title},
          {"severity", to_string(info.severity)},
          {"practice", to_string(info.practice)},
          {"surfaces", std::move(surfaces)},
          {"aliases", std::move(aliases)},
          {"grade", grade_word(info.grade)},
          {"fix", info.fix == FixSafety::none ? Json(nullptr) : Json(to_string(info.fix))},
          {"fix_summary", info.fix_summary.empty() ? Json(nullptr) : Json(info.fix_summary)},
          {"since", info.since}};
}

std::string as_json(const std::vector<const Rule*>& rules) {
  Json list = Json::array();
  for (const Rule* rule : rules) list.push_back(rule_json(rule->info));
  return Json{{"rules", std::move(list)}}.dump(2) + "\n";
}

std::string as_table(const std::vector<const Rule*>& rules, std::size_t width, bool colour) {
  const report::Style style(colour);
  std::size_t column = 0;
  for (const Rule* rule : rules) column = std::max(column, rule->info.id.size());
  std::string text;
  for (const Rule* rule : rules) {
    const RuleInfo& info = rule->info;
    std::string line = report::pad_right(info.id, column) + "  " +
                       style.severity(info.severity, report::pad_right(to_string(info.severity), 8)) + "  ";
    const std::size_t taken = report::display_width(line);
    line += width > taken + 10 ? report::cut(info.title, width - taken) : std::string(info.title);
    text += line + "\n";
  }
  return text + "\n" + report::plural(rules.size(), "rule") + " · oakum explain RULE tells of one\n";
}

int run_rules(const RulesArguments& arguments) {
  const auto rules = chosen(arguments);
  if (!rules) {
    complain(rules.error());
    return kCouldNot;
  }
  const std::string text =
      arguments.format == "json" ? as_json(*rules) : as_table(*rules, terminal_width(), wants_colour(arguments.colour));
  if (auto status = print(text); !status) {
    complain(status.error());
    return kCouldNot;
  }
  return kClean;
}

}  // namespace

void add_rules(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<RulesArguments>();
  CLI::App* command = app.add_subcommand("rules", "the rules: what oakum looks for, and what the peers call it");
  command->add_option("--practice", arguments->practice, "only of this practice");
  command->add_option("--surface", arguments->surface,
                      "only of this surface: dockerfile, image, compose, kubernetes, run-command, container");
  command->add_option("--alias", arguments->alias, "only what a peer calls so: DL3008, CIS-5, kube-linter:");
  command->add_option("--profile", arguments->profile, "only of this profile");
  command->add_option("-f,--format", arguments->format, "terminal or json")->check(CLI::IsMember({"terminal", "json"}));
  command->add_option("--color,--colour", arguments->colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  command->callback([arguments, &run] { run = [arguments] { return run_rules(*arguments); }; });
}

}  // namespace oakum::cli
