#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fix/build/place.h"
#include "fix/kit/text.h"

namespace oakum::fix::build {

namespace {

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
