#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "fix/build/base.h"
#include "fix/build/edit.h"
#include "fix/build/list.h"
#include "fix/build/place.h"
#include "model/image_facts.h"

namespace oakum::fix::build {

namespace {

constexpr std::string_view kFlag = "pipefail";

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool knows_pipefail(std::string_view shell) {
  constexpr std::array<std::string_view, 4> kShells = {"ash", "bash", "ksh", "zsh"};
  return std::ranges::find(kShells, base_name(shell)) != kShells.end();
}

bool is_shell(std::string_view name) { return name == "sh" || name == "dash" || knows_pipefail(name); }

// Is the pipe in a script that another shell runs: `sh -c "a | b"`? Options of this one do not reach it.
bool is_in_inner_script(const Place& place, const Span& pipe) {
  return std::ranges::any_of(place.at->script->commands, [&](const shell::Command& command) {
    const std::size_t at = shell::unwrapped(command);
    if (at >= command.words.size() || !is_shell(base_name(command.words[at].text))) return false;
    return std::ranges::any_of(command.words, [&](const shell::Word& word) {
      return word.span.begin < pipe.begin && pipe.end <= word.span.end;
    });
  });
}

// The SHELL in force: of the stage, or of one that it is built on.
const Instruction* shell_before(const Place& place) {
  const Instruction* found = nullptr;
  const Stage* stage = place.stage;
  while (found == nullptr) {
    for (const Instruction& instruction : instructions_of(*place.file, *stage)) {
      if (instruction.kind == InstructionKind::shell && instruction.span.begin < place.outer->span.begin)
        found = &instruction;
    }
    if (!stage->parent || *stage->parent >= static_cast<std::size_t>(stage - place.file->stages.data())) break;
    stage = &place.file->stages[*stage->parent];
  }
  return found;
}

bool has_pipe(const Instruction& run) {
  if (run.kind != InstructionKind::run || !run.script || run.json_form || !run.before.shell.empty()) return false;
  const auto& commands = run.script->commands;
  return std::ranges::any_of(commands, [](const shell::Command& c) { return c.joint == shell::Joint::pipe; }) &&
         std::ranges::none_of(commands, [](const shell::Command& c) { return c.has_word(kFlag); });
}

// A program that stops reading early, or one that writes until it is stopped: the writer's end by a signal is no
// failure, and pipefail calls it one. "" none.
std::string_view stops_early(const Instruction& run) {
  if (run.kind != InstructionKind::run || !run.script || run.json_form) return {};
  const shell::Command* before = nullptr;
  for (const shell::Command& command : run.script->commands) {
    if (command.joint == shell::Joint::pipe) {
      if (before != nullptr && before->name() == "yes") return "yes";
      if (command.name() == "head") return "head";
      if (command.name() == "grep" && (command.has_word("-q") || command.has_word("--quiet"))) return "grep -q";
    }
    before = &command;
  }
  return {};
}

// One SHELL before the first RUN that wants it serves all of the stage.
Planned new_shell(const Place& place) {
  const auto instructions = instructions_of(*place.file, *place.stage);
  const auto first = std::ranges::find_if(instructions, has_pipe);
  if (first == instructions.end() || first->span.begin > place.outer->span.begin)
    return refuse("put SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"] before it by hand");
  const bool lower = first->spelling == "run";
  return answer(
      {lines_before(place, *first,
                    std::string(lower ? "shell" : "SHELL") + " [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]")},
      "bash also runs what CMD and ENTRYPOINT say in shell form");
}

Planned plan(const Place& place, const Finding& finding, const Context& context) {
  if (!place.at->script) return refuse("it is no script of a POSIX shell");
  if (is_in_inner_script(place, finding.origin.span))
    return refuse("the pipe is in a script that another shell runs: begin that one with set -o pipefail");
  for (const Instruction& run : instructions_of(*place.file, *place.stage)) {
    if (const std::string_view program = stops_early(run); !program.empty())
      return refuse("in line " + std::to_string(run.span.line) + " \"" + std::string(program) +
                    "\" ends a pipe early, which pipefail would call a failure: write that another way first");
  }
  const auto& shell = place.at->before.shell;
  if (!shell.empty() && knows_pipefail(shell.front())) {
    const Instruction* set = shell_before(place);
    if (set == nullptr || !set->json_form || set->arguments.empty()) return refuse("its SHELL is not here to edit");
    return answer(put_after(place, set->arguments.front().span, R"(, "-o", "pipefail")"));
  }
  const Family family = family_of(place, context);
  if (family == Family::alpine || family == Family::red_hat)  // their /bin/sh knows it
    return answer(prepend_command(place, *place.at, "set -o pipefail"));
  if (family == Family::unknown)
    return refuse(
        "which shell the base image has is not known: where it has bash, put "
        R"(SHELL ["/bin/bash", "-o", "pipefail", "-c"] before it)");
  const ImageFacts* facts = base_facts(place, context);
  if (!shell.empty() || (facts != nullptr && facts->files_known && !facts->has_file(FileFact::Kind::shell, "bash")))
    return refuse("the base image has no bash: end the pipe by hand, with a file between the commands");
  return new_shell(place);
}

}  // namespace

extern constinit const Remedy pipefail{"pipefail", in_stage<plan>};

}  // namespace oakum::fix::build
