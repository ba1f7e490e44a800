#include "fix/workload/start_with_secret.h"

#include <algorithm>
#include <optional>

namespace oakum::fix::workload {

namespace {

constexpr std::string_view kByHand =
    "let it read the secret from a file below /run/secrets, or start it through a shell that exports it from there";

// For Compose, which replaces variables in what it reads.
std::string literal(std::string_view text) {
  std::string result;
  for (const char c : text) result.append(c == '$' ? 2 : 1, c);
  return result;
}

// Of the final stage and those it is built on; nullptr: none.
const Instruction* last_of(const Dockerfile& file, InstructionKind kind) {
  const auto final = std::ranges::find(file.stages, true, &Stage::is_final);
  const Stage* stage = final != file.stages.end() ? &*final : file.final_stage();
  while (stage != nullptr) {
    for (std::size_t i = std::min(stage->last + 1, file.instructions.size()); i > stage->first; --i) {
      if (file.instructions[i - 1].kind == kind) return &file.instructions[i - 1];
    }
    const bool earlier = stage->parent && *stage->parent < static_cast<std::size_t>(stage - file.stages.data());
    stage = earlier ? &file.stages[*stage->parent] : nullptr;  // a parent is an earlier stage, so this ends
  }
  return nullptr;
}

struct Program {
  std::vector<std::string> words;
  bool script = false;  // one text for a shell
};

std::expected<Program, Refusal> program_of(const Workload& workload, const Dockerfile& file) {
  if (workload.command) {
    if (!workload.command.known() || workload.command->arguments.empty() || workload.command->shell_form)
      return refuse("what its command is depends on more than is written here: " + std::string(kByHand));
    return Program{workload.command->arguments, false};
  }
  const Instruction* cmd = last_of(file, InstructionKind::cmd);
  if (cmd == nullptr || cmd->arguments.empty() || cmd->broken_json || !cmd->heredocs.empty())
    return refuse("what its Dockerfile starts is not known: " + std::string(kByHand));
  Program program{{}, !cmd->json_form};
  for (const Argument& argument : cmd->arguments) program.words.push_back(argument.value);
  if (program.script) program.words = {cmd->text};
  return program;
}

// No entrypoint that is not known, and a base that has a shell.
bool passes_commands_on(const Workload& workload, const Dockerfile& file, const Context& context) {
  if (workload.entrypoint || last_of(file, InstructionKind::entrypoint) != nullptr) return false;
  const ImageNeeds* base = known_needs(workload, context.subjects);
  return base != nullptr && base->runs_commands;
}

}  // namespace

Done start_with_secret(ComposeService& service, const Workload& workload, const Context& context,
                       std::string_view variable, const SecretFile& secret) {
  const Dockerfile* file = dockerfile_of(workload, context.subjects);
  if (file == nullptr || !passes_commands_on(workload, *file, context))
    return refuse("its image is not known to read this from a file: " + std::string(kByHand));
  auto program = program_of(workload, *file);
  if (!program) return std::unexpected(std::move(program.error()));
  const std::string fill = "export " + std::string(variable) + "=\"$$(cat " + secret.mounted + ")\"; ";
  // Before a command that is written here goes an entrypoint, so that it stays as it is; Node's image has one of its
  // own.
  const ImageNeeds* base = known_needs(workload, context.subjects);
  if (workload.command && base->name != "docker.io/library/node")
    return service.editor.set(service.at({"entrypoint"}),
                              YamlValue::list({"/bin/sh", "-c", fill + "exec \"$$@\"", "sh"}));
  std::vector<YamlValue> words = {"/bin/sh", "-c"};
  if (program->script) {
    words.emplace_back(fill + literal(program->words.front()));
  } else {
    words.emplace_back(fill + "exec \"$$@\"");
    words.emplace_back("sh");
    for (const std::string& word : program->words) words.emplace_back(literal(word));
  }
  return service.editor.set(service.at({"command"}), YamlValue::list(std::move(words)));
}

}  // namespace oakum::fix::workload
