// oakum explain: the page of a rule, by its id or by what a peer calls it.
#include <memory>

#include <CLI/CLI.hpp>

#include "base/text.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/rule_page.h"
#include "rules/all/all.h"

namespace oakum::cli {

namespace {

struct ExplainArguments {
  std::string name;
  std::string format = "terminal";
  std::string colour = "auto";
};

std::string_view nearest_name(std::string_view name) {
  std::vector<std::string_view> names;
  for (const rules::Rule* rule : rules::all_rules()) {
    names.push_back(rule->info.id);
    std::string_view aliases = rule->info.aliases;
    while (!aliases.empty()) names.push_back(next_field(aliases, ' '));
  }
  return nearest(name, names);
}

int unknown(const std::string& name) {
  if (name.starts_with("SC") || name == "shellcheck") {
    complain(
        Error{ErrorCode::not_found, printable(name, 80), "stands for ShellCheck's own findings",
              "see https://www.shellcheck.net/wiki/" + (name == "shellcheck" ? std::string() : printable(name, 20))});
    return kCouldNot;
  }
  if (name.starts_with("CVE-") || name.starts_with("GHSA-")) {
    complain(Error{ErrorCode::not_found, printable(name, 80), "is a vulnerability, and pages are kept of rules",
                   "oakum scan --verbose tells of vulnerabilities"});
    return kCouldNot;
  }
  const std::string_view near = nearest_name(name);
  complain(Error{ErrorCode::not_found, printable(name, 80), "is no rule and no alias of one",
                 near.empty() ? "see oakum rules" : "did you mean \"" + std::string(near) + "\"?"});
  return kCouldNot;
}

int run_explain(const ExplainArguments& arguments) {
  const auto rules = rules::rules_named(arguments.name);
  if (rules.empty()) return unknown(arguments.name);
  std::string text;
  for (const rules::Rule* rule : rules) {
    if (!text.empty()) text += "\n";
    text += arguments.format == "markdown"
                ? rule_markdown(*rule)
                : rule_text(*rule, std::min<std::size_t>(terminal_width(), 100), wants_colour(arguments.colour));
  }
  if (auto status = print(text); !status) {
    complain(status.error());
    return kCouldNot;
  }
  return kClean;
}

}  // namespace

void add_explain(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* command = app.add_subcommand("explain", "why a rule matters, how to fix it, where it comes from");
  command->add_option("rule", arguments->name, "a rule's id, or what a peer calls it: DL3008, KSV-0017, CIS-5.4")
      ->required();
  command->add_option("-f,--format", arguments->format, "terminal or markdown")
      ->check(CLI::IsMember({"terminal", "markdown"}));
  command->add_option("--color,--colour", arguments->colour, "auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  command->callback([arguments, &run] { run = [arguments] { return run_explain(*arguments); }; });
}

}  // namespace oakum::cli
