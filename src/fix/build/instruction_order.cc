#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "fix/build/chain.h"
#include "fix/build/place.h"
#include "fix/kit/text.h"

namespace oakum::fix::build {

namespace {

// The variable of these that the text mentions; "" none.
std::string mentioned(std::string_view text, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (mentions_variable(text, name)) return name;
  }
  return {};
}

void add_names(const Instruction& instruction, std::vector<std::string>& names) {
  for (const Assignment& one : instruction.assignments) names.push_back(one.key.value);
}

// Why moving would not do: what is set here is meant for FROM, what is declared here would not be known behind it, or
// several stages could be meant.
std::optional<Refusal> wants_thought(const Dockerfile& file) {
  std::vector<std::string> declared;
  std::vector<std::string> set;
  for (const Instruction& instruction : file.instructions) {
    if (instruction.kind == InstructionKind::from) {
      if (const std::string name = mentioned(instruction.text, set); !name.empty())
        return Refusal{"FROM uses " + name + ", which only an ARG can give it: write ARG instead"};
      break;
    }
    if (instruction.kind == InstructionKind::arg) {
      add_names(instruction, declared);
    } else if (const std::string name = mentioned(instruction.text, declared); !name.empty()) {
      return Refusal{"what moves uses ARG " + name +
                     ", which has no value behind FROM: declare it there again, and move both"};
    } else {
      add_names(instruction, set);
    }
  }
  if (file.stages.size() > 1) return Refusal{"there are several stages: move it into those that need it"};
  return std::nullopt;
}

// All that stands too early goes behind FROM, in its order: with the first of them, the others have nothing left.
Planned plan(const Finding& finding, const Context& context) {
  const auto found = place_of(finding, context);
  if (!found) return std::unexpected(found.error());
  const Place& place = *found;
  const std::string_view text = place.source->text;
  std::vector<Edit> edits;
  std::string moved;
  const Instruction* from = nullptr;
  for (const Instruction& instruction : place.file->instructions) {
    if (instruction.kind == InstructionKind::from) {
      from = &instruction;
      break;
    }
    if (instruction.kind == InstructionKind::arg || instruction.kind == InstructionKind::unknown) continue;
    if (edits.empty() && &instruction != place.outer)
      return refuse("it moves with the one in line " + std::to_string(instruction.span.line));
    const std::size_t begin = line_begin(text, instruction.span.begin);
    const std::size_t end = line_end(text, instruction.span.end);
    moved += text.substr(begin, end - begin);
    edits.push_back(remove(*place.source, begin, end));
  }
  if (from == nullptr) return refuse("there is no FROM: write one before it");
  if (auto why = wants_thought(*place.file)) return std::unexpected(std::move(*why));
  const std::size_t last = line_begin(text, from->span.end);
  if (trim(text.substr(last, line_end(text, last) - last)).ends_with(place.file->escape))
    return refuse("a continuation stands at the end of FROM: take it out first");
  const std::size_t at = line_end(text, from->span.end);
  const bool ends_line = at > 0 && text[at - 1] == '\n';
  if (!ends_line) {  // the file ended without one, and goes on doing so
    const std::string_view end = line_end_of(text);
    moved.resize(moved.size() - end.size());
    moved = std::string(end) + moved;
  }
  edits.push_back(insert(*place.source, at, std::move(moved)));
  return answer(std::move(edits));
}

}  // namespace

extern constinit const Remedy instruction_order{"instruction-order", plan};

}  // namespace oakum::fix::build
