#include "read/image/history.h"

#include <string>

#include "base/text.h"
#include "read/shell/shell.h"

namespace oakum::image {

namespace {

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> result;
  while (!text.empty()) {
    if (const std::string_view word = next_field(text, ' '); !word.empty()) result.emplace_back(word);
  }
  return result;
}

// "--mount=type=cache,target=/x". Builders write no quotes here.
InstructionFlag flag_of(std::string_view word) {
  InstructionFlag flag;
  flag.name = next_field(word, '=').substr(2);
  flag.value = word;
  flag.has_value = !word.empty();
  if (flag.name != "mount") return flag;
  while (!word.empty()) {
    std::string_view value = next_field(word, ',');
    const std::string_view key = next_field(value, '=');
    flag.options.emplace_back(key, value);
  }
  return flag;
}

bool is_windows(std::string_view script) {
  const std::string lower = to_lower(script.substr(0, 16));
  return lower.starts_with("cmd ") || lower.starts_with("cmd.exe ") || lower.starts_with("powershell") ||
         lower.starts_with("pwsh ");
}

Instruction instruction_of_step(const HistoryStep& step) {
  Instruction instruction;
  const BuiltBy built = built_by(step.created_by);
  if (!built.run || built.text.empty()) return instruction;
  instruction.kind = InstructionKind::run;
  instruction.name = instruction.spelling = "RUN";
  for (const std::string& word : words(built.flags)) instruction.flags.push_back(flag_of(word));
  instruction.text = built.text;
  instruction.arguments.push_back({.text = instruction.text, .value = instruction.text});
  instruction.before.shell = words(built.shell);
  if (!is_windows(built.text)) instruction.script = shell::read(built.text);
  return instruction;
}

}  // namespace

Dockerfile build_of(std::string_view image, const std::vector<HistoryStep>& history) {
  Dockerfile build;
  build.image = image.empty() ? "-" : image;
  for (const HistoryStep& step : history) build.instructions.push_back(instruction_of_step(step));
  if (build.instructions.empty()) return build;
  Stage stage;
  stage.image_known = false;
  stage.last = build.instructions.size() - 1;
  stage.is_final = stage.used = true;
  build.stages.push_back(std::move(stage));
  return build;
}

}  // namespace oakum::image
