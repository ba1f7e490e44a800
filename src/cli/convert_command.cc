// oakum convert: gather → read → write out as another surface → harden → print; what could not be said goes to stderr.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "base/fd.h"
#include "base/text.h"
#include "cli/base_images.h"
#include "cli/check_options.h"
#include "cli/check_targets.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/fix_run.h"
#include "convert/convert.h"
#include "fix/run/save.h"

namespace oakum::cli {

namespace {

using convert::Note;
using convert::Target;

struct ConvertArguments {
  CheckArguments check;
  std::string to;
  std::string output;
  bool harden = false;
  bool no_harden = false;
};

struct Sources {
  std::vector<check::Pending> pending;
  bool failed = false;
};

Target target_of(const std::string& word) {
  if (word == "compose") return Target::compose;
  return word == "kubernetes" ? Target::kubernetes : Target::run;
}

Sources read_sources(const CheckArguments& arguments, const check::ReadOptions& options) {
  Sources sources;
  CheckTargets targets = gather(arguments);
  for (const Error& error : targets.errors) complain(error);
  sources.failed = !targets.errors.empty();
  sources.pending = std::move(targets.pending);
  std::uint32_t index = 0;
  for (check::Pending& pending : sources.pending) {
    check::Unit& unit = pending.unit;
    if (pending.kind != check::FileKind::none) {
      unit.subjects.first_source = index * check::kSourcesPerUnit;
      check::read_unit(unit, pending.kind, options);
    }
    ++index;
    for (const Error& error : unit.subjects.errors) {
      complain(error);
      sources.failed = true;
    }
  }
  return sources;
}

std::string place_of(const Origin& origin, const std::vector<check::Pending>& pending) {
  for (const check::Pending& each : pending) {
    const Source* source = each.unit.subjects.source(origin.source);
    if (source == nullptr) continue;
    std::string place = printable(source->name, 200);
    if (origin.span.line != 0)
      place += ":" + std::to_string(origin.span.line) + ":" + std::to_string(origin.span.column);
    return place + ": ";
  }
  return {};
}

void tell(const convert::Conversion& conversion, const std::vector<check::Pending>& pending, Target to) {
  for (const Note& each : conversion.notes) {
    std::string text = place_of(each.origin, pending) +
                       (each.subject.empty() ? "" : printable(each.subject, 200) + ": ") + printable(each.what, 300);
    text +=
        each.kind == Note::Kind::not_said ? " is not said in " + std::string(convert::to_string(to)) : " is assumed";
    note(text + ": " + printable(each.why, 400));
  }
}

std::string_view name_of(Target to) {
  switch (to) {
    case Target::compose:
      return "<converted compose.yaml>";
    case Target::kubernetes:
      return "<converted manifest.yaml>";
    case Target::run:
      break;
  }
  return "<converted run.sh>";
}

check::Pending as_pending(const std::string& text, Target to) {
  check::Pending pending;
  pending.kind = to == Target::compose      ? check::FileKind::compose
                 : to == Target::kubernetes ? check::FileKind::kubernetes
                                            : check::FileKind::run_lines;
  pending.unit.kind = check::target_kind(pending.kind);
  pending.unit.name = name_of(to);
  pending.unit.text = text;
  return pending;
}

// One line for each subject, with the rules that were closed.
void tell_fixed(const std::vector<Finding>& fixed) {
  std::vector<std::pair<std::string, std::vector<std::string>>> subjects;
  for (const Finding& finding : fixed) {
    auto found = std::ranges::find(subjects, finding.subject, &std::pair<std::string, std::vector<std::string>>::first);
    if (found == subjects.end()) found = subjects.insert(subjects.end(), {finding.subject, {}});
    if (std::ranges::count(found->second, finding.rule) == 0) found->second.push_back(finding.rule);
  }
  for (auto& [subject, rules] : subjects) {
    std::ranges::sort(rules);
    std::string list;
    for (const std::string& rule : rules) list += (list.empty() ? "" : ", ") + rule;
    note("hardened: " + printable(subject, 120) + ": " + list);
  }
}

// The converted text, fixed in memory; what fixes say of other files (a secret moved out) is told and not written.
Result<std::string> hardened(const CheckArguments& arguments, const std::string& text, Target to) {
  auto config = CheckConfig::load(arguments.targets, arguments.config, arguments.no_config);
  auto plan = config ? resolve(arguments, config->run()) : Result<CheckPlan>(std::unexpected(config.error()));
  if (!plan) return std::unexpected(plan.error());
  FixSession session(arguments, std::move(*plan), *config, {.unsafe = true});
  const fix::Outcome outcome = session.run({as_pending(text, to)});
  std::string result = text;
  for (const fix::FileChange& file : outcome.files) {
    if (file.path == name_of(to)) {
      result = file.after;
    } else {
      note("hardened: a fix wants " + printable(file.path, 200) + " to be there as well");
    }
  }
  if (arguments.quiet) return result;
  tell_fixed(outcome.fixed);
  for (const Finding& finding : outcome.refused) {
    const std::string why = finding.fix.plan == nullptr ? "" : "; " + printable(finding.fix.plan->refused, 300);
    note("not hardened: " + printable(finding.subject, 120) + ": " + finding.rule + ": " +
         printable(finding.message, 300) + why);
  }
  return result;
}

bool wants_hardening(const ConvertArguments& arguments, const std::vector<check::Pending>& pending, Target to) {
  if (arguments.harden || arguments.no_harden) return arguments.harden;
  if (to != Target::compose) return false;
  return std::ranges::all_of(pending, [](const check::Pending& each) {
    return each.unit.kind == TargetKind::run_command || each.unit.kind == TargetKind::container;
  });
}

Status write_out(const std::string& path, const std::string& text) {
  if (path.empty()) return print(text);
  fix::FileChange change{.path = path, .before = {}, .after = text, .existed = path_exists(path)};
  if (change.existed) {
    OAKUM_TRY(change.before, read_file(path, check::kMaxFileBytes));
  }
  return fix::save(change);
}

std::string working_directory() {
  std::string path(4096, '\0');
  if (getcwd(path.data(), path.size()) == nullptr) return {};
  path.resize(path.find('\0'));
  return path;
}

int run_convert(const ConvertArguments& given) {
  ConvertArguments arguments = given;
  arguments.check = as_texts(given.check);
  const Target to = target_of(arguments.to);
  auto config = CheckConfig::load(arguments.check.targets, arguments.check.config, arguments.check.no_config);
  auto plan = config ? resolve(arguments.check, config->run()) : Result<CheckPlan>(std::unexpected(config.error()));
  if (!plan) {
    complain(plan.error());
    return kCouldNot;
  }
  const Sources sources = read_sources(arguments.check, plan->read);
  std::vector<const Subjects*> subjects;
  for (const check::Pending& each : sources.pending) subjects.push_back(&each.unit.subjects);
  auto conversion = convert::convert(subjects, to, {.directory = working_directory()});
  if (!conversion) {
    complain(conversion.error());
    return kCouldNot;
  }
  Result<std::string> text = conversion->text;
  if (!arguments.check.quiet) tell(*conversion, sources.pending, to);
  if (wants_hardening(arguments, sources.pending, to)) text = hardened(arguments.check, conversion->text, to);
  const Status written = text ? write_out(arguments.output, *text) : Status(std::unexpected(text.error()));
  if (!written) complain(written.error());
  return written && !sources.failed ? kClean : kCouldNot;
}

}  // namespace

void add_convert(CLI::App& app, Run& run) {
  auto arguments = std::make_shared<ConvertArguments>();
  CLI::App* command =
      app.add_subcommand("convert", "say it elsewhere: run lines, containers, Compose and Kubernetes, one as another");
  command->add_option("target", arguments->check.targets,
                      "files, container:NAME, inspect output, - (standard input), or after -- a docker run line");
  command->add_option("--to", arguments->to, "compose, kubernetes or run")
      ->required()
      ->check(CLI::IsMember({"compose", "kubernetes", "run"}));
  command->add_option("-o,--output", arguments->output, "write to this file instead of standard output");
  auto* harden = command->add_flag("--harden", arguments->harden,
                                   "fix the result as oakum fix --unsafe does; default for run lines and containers to "
                                   "compose");
  command->add_flag("--no-harden", arguments->no_harden, "say it as it is")->excludes(harden);
  add_selection_options(*command, arguments->check);
  command->callback([arguments, &run] { run = [arguments] { return run_convert(*arguments); }; });
}

}  // namespace oakum::cli
