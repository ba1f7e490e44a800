#include <map>
#include <string_view>

#include "rules/build/structure.h"
#include "rules/build/variables.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// Variables of one ENV, by the name and which assignment sets it.
using Own = std::map<std::string_view, std::size_t>;

void judge_value(const Instruction& env, std::size_t index, const Own& own, const Scope& scope,
                 const Dockerfile& dockerfile, Judge& judge) {
  const Argument& value = env.assignments[index].value;
  for (const VariableUse& use : variables_in(value.text, dockerfile.escape)) {
    const auto found = own.find(use.name);
    if (found == own.end() || found->second == index || scope.has(use.name)) continue;
    judge.found(dockerfile, env, part_of(value, use.begin, use.end),
                join({quoted(use.name), " is set by this very ENV, so it is still empty here"}));
  }
}

void judge_env(const Instruction& env, const Scope& scope, const Dockerfile& dockerfile, Judge& judge) {
  Own own;
  for (std::size_t i = 0; i < env.assignments.size(); ++i) own.emplace(env.assignments[i].key.value, i);
  for (std::size_t i = 0; i < env.assignments.size(); ++i) judge_value(env, i, own, scope, dockerfile, judge);
}

void check(const Dockerfile& dockerfile, Judge& judge) {
  Scope scope;
  const auto enter = [&](const Stage& stage) {
    for (const Instruction& instruction : instructions_of(dockerfile, stage)) {
      if (instruction.kind == InstructionKind::env) judge_env(instruction, scope, dockerfile, judge);
      scope.define(instruction);
    }
  };
  walk_stages(dockerfile, enter, [&](const Stage& stage) { scope.forget(instructions_of(dockerfile, stage)); });
}

}  // namespace

extern constinit const Rule env_self_reference{
    .info = checked({
        .id = "env-self-reference",
        .title = "ENV refers to what it sets itself",
        .severity = Severity::medium,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3044",
        .fix = FixSafety::unsafe,
        .fix_summary = "set it in an ENV of its own, before",
        .why = "All variables of one ENV are set at once, with the values from before the line. A reference to one "
               "that the same line sets gives the old value, or nothing.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nENV HOME_DIR=/srv APP=$HOME_DIR/app\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nENV HOME_DIR=/srv\nENV APP=$HOME_DIR/app\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3044 "
                      "https://docs.docker.com/reference/dockerfile/#environment-replacement",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
