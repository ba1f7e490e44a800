#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rules/build/structure.h"
#include "rules/build/variables.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

struct Globals {
  std::set<std::string, std::less<>> declared;
  std::vector<std::string_view> names;
};

Globals globals_of(const Dockerfile& dockerfile) {
  Globals globals;
  for (const Instruction& instruction : dockerfile.instructions) {
    if (instruction.kind == InstructionKind::from) break;
    if (instruction.kind != InstructionKind::arg) continue;
    for (const Assignment& assignment : instruction.assignments) globals.declared.insert(assignment.key.value);
  }
  globals.names.assign(globals.declared.begin(), globals.declared.end());
  return globals;
}

void judge_word(std::string_view text, const Argument* word, const Instruction& from, const Dockerfile& dockerfile,
                const Globals& globals, Judge& judge) {
  for (const VariableUse& use : variables_in(text, dockerfile.escape)) {
    if (use.has_fallback || is_platform_argument(use.name) || globals.declared.contains(use.name)) continue;
    const InstructionFlag* platform = from.flag("platform");
    const Span where = word != nullptr       ? part_of(*word, use.begin, use.end)
                       : platform != nullptr ? platform->span
                                             : from.span;
    const bool is_many = globals.names.size() > 200;
    judge.found(dockerfile, from, where,
                join({"no ARG before the first FROM declares ", quoted(use.name),
                      is_many ? std::string() : did_you_mean(use.name, globals.names)}));
  }
}

void check(const Dockerfile& dockerfile, Judge& judge) {
  const Globals globals = globals_of(dockerfile);
  for (const Stage& stage : dockerfile.stages) {
    const Instruction* from = from_of(dockerfile, stage);
    if (from == nullptr || from->arguments.empty()) continue;
    judge_word(stage.platform, nullptr, *from, dockerfile, globals, judge);
    judge_word(from->arguments.front().text, &from->arguments.front(), *from, dockerfile, globals, judge);
  }
}

}  // namespace

extern constinit const Rule undefined_arg{
    .info = checked({
        .id = "undefined-arg",
        .title = "FROM uses an argument that is not declared before it",
        .severity = Severity::medium,
        .practice = Practice::pinned_trusted_base,
        .surfaces = "D",
        .aliases = "buildkit:UndefinedArgInFrom",
        .fix = FixSafety::advice,
        .fix_summary = "declare it before the first FROM",
        .why = "FROM sees only arguments declared before the first FROM. Any other is replaced by nothing, which names "
               "another image, or none.",
        .bad = {Surface::dockerfile, "ARG TAG=3.20\nFROM alpine:${TAGG}\n"},
        .good = {Surface::dockerfile, "ARG TAG=3.20\nFROM alpine:${TAG}\n"},
        .references = "https://docs.docker.com/reference/build-checks/undefined-arg-in-from/ "
                      "https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
