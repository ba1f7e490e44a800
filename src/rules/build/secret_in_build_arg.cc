#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/build/secret_names.h"
#include "rules/kit/command_secrets.h"
#include "rules/kit/judge.h"
#include "rules/kit/secrets.h"

namespace oakum::rules {

namespace {

// MFA_AUTH=enabled, AUTH=https://sso.example.org: the name may be one for a secret, the value is none.
bool value_is_none(const Assignment& assignment) {
  const Argument& value = assignment.value;
  return assignment.has_value && value.known && !value.value.empty() && is_harmless_value(value.value);
}

void judge_one(const Instruction& instruction, const Assignment& assignment, const Dockerfile& dockerfile,
               Judge& judge) {
  const std::string& name = assignment.key.value;
  const bool buildkit = is_secret_for_buildkit(name);
  const bool hadolint = is_secret_for_hadolint(name);
  if ((!buildkit && !hadolint) || says_no_secret(name) || value_is_none(assignment)) return;
  const bool is_arg = instruction.kind == InstructionKind::arg;
  Finding& finding =
      judge.found(dockerfile, instruction, assignment.key.span,
                  join({instruction.name, " ", quoted(name),
                        is_arg ? " ends up in the image's history" : " ends up in the image's configuration"}));
  only_aliases(finding, {"CIS-4.10", "CIS-DI-0010", "DS-0031", "KICS-c3e1b6ae"});
  if (buildkit) add_alias(finding, "buildkit:SecretsUsedInArgOrEnv");
  if (hadolint) add_alias(finding, "DL3064");
  const bool has_value = assignment.has_value && !assignment.value.value.empty();
  if (!has_value || !assignment.value.known) finding.severity = Severity::medium;
}

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  for (const Assignment& assignment : instruction.assignments) judge_one(instruction, assignment, dockerfile, judge);
}

// A value in the Compose file is in the history of its repository too, whatever the Dockerfile makes of it.
void check_workload(const Workload& workload, Judge& judge) {
  if (!workload.build) return;
  for (const Stated<KeyValue>& item : workload.build->args) {
    const std::optional<SecretHit> hit = secret_in_variable(item.value.key, item.value.value);
    if (!hit || (!item.known && hit->kind == SecretKind::named)) continue;
    Finding& finding =
        judge.found(workload, item.origin,
                    join({"the build argument ", quoted(item.value.key), " holds ", hit->what, " (value not shown)"}));
    only_aliases(finding, {"CIS-4.10"});
    const std::string_view own[] = {item.value.value};
    hide_secrets(finding, workload, own, judge);
  }
}

// Builders write the arguments of the build before each RUN: "|2 NAME=value NAME=value /bin/sh -c …".
std::string_view arguments_in(const HistoryStep& step) {
  const BuiltBy built = built_by(step.created_by);
  if (!built.run) return built.text.starts_with("ARG ") ? built.text.substr(4) : std::string_view();
  const auto end = static_cast<std::size_t>(built.text.data() - step.created_by.data());
  const std::string_view before = std::string_view(step.created_by).substr(0, end);
  const std::size_t bar = before.find('|');
  return bar == std::string_view::npos ? std::string_view() : before.substr(bar);
}

void check_image(const ImageFacts& image, Judge& judge) {
  std::set<std::string_view> seen;  // each later RUN repeats them
  for (const HistoryStep& step : image.history) {
    std::string_view arguments = arguments_in(step);
    while (!arguments.empty()) {
      const std::string_view argument = next_field(arguments, ' ');
      std::string_view value = argument;
      const std::string_view name = next_field(value, '=');
      if (name.size() == argument.size() || !seen.insert(argument).second) continue;
      const std::optional<SecretHit> hit = secret_in_variable(name, value);
      if (!hit) continue;
      Finding& finding = judge.found(image, join({"the build argument ", quoted(name), " holds ", hit->what,
                                                  ", and so does the image's history (value not shown)"}));
      only_aliases(finding, {"CIS-4.10", "CIS-DI-0010"});
    }
  }
}

}  // namespace

extern constinit const Rule secret_in_build_arg{
    .info = checked({
        .id = "secret-in-build-arg",
        .title = "ARG or ENV holds a secret",
        .severity = Severity::high,
        .practice = Practice::scan_secrets,
        .surfaces = "DIC",
        .aliases = "CIS-4.10 CIS-DI-0010 DL3064 DS-0031 KICS-c3e1b6ae buildkit:SecretsUsedInArgOrEnv",
        .fix = FixSafety::unsafe,
        .fix_summary = "use RUN --mount=type=secret",
        .why = "Values of ENV stand in the image's configuration and those of ARG in its history: docker inspect and "
               "docker history show them to everyone who can pull the image. A secret mount gives them to one RUN and "
               "leaves nothing behind.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nARG NPM_TOKEN\nRUN npm ci\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nRUN --mount=type=secret,id=npm,env=NPM_TOKEN npm ci\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3064 "
                      "https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/ "
                      "https://docs.docker.com/build/building/secrets/",
    }),
    .checks = {.workload = check_workload,
               .instruction = check,
               .instructions = {InstructionKind::arg, InstructionKind::env},
               .image = check_image},
};

}  // namespace oakum::rules
