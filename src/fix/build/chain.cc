#include "fix/build/chain.h"

#include <algorithm>

#include "base/text.h"
#include "fix/build/base.h"
#include "fix/kit/text.h"
#include "model/image_facts.h"
#include "model/image_reference.h"

namespace oakum::fix::build {

namespace {

// Changes the files of the image, or where the next one does.
bool acts(const Instruction& instruction) {
  switch (instruction.kind) {
    case InstructionKind::add:
    case InstructionKind::copy:
    case InstructionKind::from:
    case InstructionKind::run:
    case InstructionKind::shell:
    case InstructionKind::user:
    case InstructionKind::workdir:
      return true;
    case InstructionKind::arg:
    case InstructionKind::cmd:
    case InstructionKind::entrypoint:
    case InstructionKind::env:
    case InstructionKind::expose:
    case InstructionKind::healthcheck:
    case InstructionKind::label:
    case InstructionKind::maintainer:
    case InstructionKind::onbuild:
    case InstructionKind::stopsignal:
    case InstructionKind::volume:
    case InstructionKind::unknown:
      return false;
  }
  return false;
}

bool starts(const Instruction& instruction) {
  return instruction.kind == InstructionKind::cmd || instruction.kind == InstructionKind::entrypoint ||
         instruction.kind == InstructionKind::healthcheck;
}

bool is_variable_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

const Stage* shipped_stage(const Dockerfile& file) {
  const auto found = std::ranges::find(file.stages, true, &Stage::is_final);
  return found != file.stages.end() ? &*found : file.final_stage();
}

std::vector<const Stage*> chain_of(const Dockerfile& file, const Stage& stage) {
  std::vector<const Stage*> chain = {&stage};
  // A parent stands before its child.
  while (chain.back()->parent && *chain.back()->parent < static_cast<std::size_t>(chain.back() - file.stages.data()))
    chain.push_back(&file.stages[*chain.back()->parent]);
  std::ranges::reverse(chain);
  return chain;
}

std::vector<const Instruction*> steps_of(const Dockerfile& file, const Stage& stage) {
  std::vector<const Instruction*> steps;
  for (const Stage* one : chain_of(file, stage)) {
    for (const Instruction& instruction : instructions_of(file, *one)) steps.push_back(&instruction);
  }
  return steps;
}

Place at_instruction(const Place& place, const Instruction& instruction) {
  Place other = place;
  other.outer = other.at = &instruction;
  other.stage = instruction.stage < place.file->stages.size() ? &place.file->stages[instruction.stage] : nullptr;
  return other;
}

bool has_shell(const Place& place, const Context& context) {
  if (place.stage == nullptr) return false;
  for (const Instruction* step : steps_of(*place.file, *place.stage)) {
    if (step->kind == InstructionKind::run && !step->json_form && step->before.shell.empty()) return true;
  }
  if (const ImageFacts* facts = base_facts(place, context); facts != nullptr && facts->files_known)
    return facts->has_file(FileFact::Kind::shell, "sh") || facts->has_file(FileFact::Kind::shell, "bash") ||
           facts->has_file(FileFact::Kind::shell, "busybox");
  const ImageReference& base = root_of(*place.file, *place.stage)->image;
  return base.registry != "gcr.io" && family_of(place, context) != Family::unknown;
}

LastWords last_words(const Dockerfile& file, const Stage& stage) {
  const auto instructions = instructions_of(file, stage);
  LastWords result;
  for (const Instruction& instruction : instructions) {
    if (acts(instruction)) result.before = nullptr;
    if (starts(instruction) && result.before == nullptr) result.before = &instruction;
  }
  if (result.before == nullptr && !instructions.empty()) result.behind = &instructions.back();
  return result;
}

std::expected<Edit, Refusal> put_last(const Place& place, const Stage& stage, std::string_view lines) {
  const LastWords last = last_words(*place.file, stage);
  if (last.before != nullptr) return lines_above(place, *last.before, lines);
  if (last.behind == nullptr) return refuse("the stage has no instructions");
  return lines_after(place, *last.behind, lines);
}

Edit lines_above(const Place& place, const Instruction& instruction, std::string_view lines) {
  const std::string_view text = place.source->text;
  std::size_t at = line_begin(text, instruction.span.begin);
  while (at > 0) {
    const std::size_t above = line_begin(text, at - 1);
    if (!trim(text.substr(above, at - above)).starts_with('#')) break;
    at = above;
  }
  Edit edit = lines_before(place, instruction, lines);
  return insert(*place.source, at, std::move(edit.text));
}

bool mentions_variable(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    std::string_view rest = text.substr(at + 1);
    if (rest.starts_with('{')) rest.remove_prefix(1);
    if (rest.starts_with('#') || rest.starts_with('!')) rest.remove_prefix(1);
    if (!rest.starts_with(name)) continue;
    if (rest.size() == name.size() || !is_variable_letter(rest[name.size()])) return true;
  }
  return false;
}

}  // namespace oakum::fix::build
