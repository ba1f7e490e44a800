// Any words as the commands of one RUN, seen by every rule about Dockerfiles: lines are commands, blanks split words.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/text.h"
#include "rules/build/table.h"
#include "rules/kit/judge.h"

namespace {

using namespace oakum;

shell::Command command_of(std::string_view line, std::uint32_t number) {
  shell::Command command;
  command.pipeline = number / 3;
  command.joint = number % 3 == 0 ? shell::Joint::semicolon : shell::Joint::pipe;
  for (const std::string_view word : split(line, ' ')) {
    if (word.starts_with('>')) {
      command.redirections.push_back({">", {.text = std::string(word.substr(1))}});
    } else if (word.starts_with('=')) {
      command.assignments.push_back({.name = "NAME", .value = {.text = std::string(word.substr(1))}});
    } else {
      const bool expands = word.find('$') != std::string_view::npos;
      command.words.push_back({.text = std::string(word), .expands = expands});
    }
  }
  command.program = shell::unwrapped(command);
  return command;
}

Dockerfile dockerfile_of(std::string_view text) {
  Instruction run;
  run.kind = InstructionKind::run;
  run.name = "RUN";
  run.stage = 0;
  run.script.emplace();
  std::uint32_t number = 0;
  while (const auto line = next_line(text)) run.script->commands.push_back(command_of(*line, number++));
  Instruction from;
  from.kind = InstructionKind::from;
  from.name = "FROM";
  from.stage = 0;
  Dockerfile file;
  file.instructions = {from, run};
  Stage stage;
  stage.last = 1;
  stage.is_final = stage.used = true;
  file.stages.push_back(stage);
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Subjects subjects;
  subjects.dockerfiles.push_back(dockerfile_of({reinterpret_cast<const char*>(data), size}));
  for (const rules::Rule* rule : rules::build_rules()) {
    rules::Outcome outcome;
    rules::evaluate(*rule, subjects, {}, outcome);
  }
  return 0;
}
