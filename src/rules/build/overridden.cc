#include "rules/build/overridden.h"

#include "rules/build/structure.h"

namespace oakum::rules {

void judge_overridden(InstructionKind kind, const Dockerfile& dockerfile, Judge& judge) {
  for (const Stage& stage : dockerfile.stages) {
    const Instruction* last = nullptr;
    for (const Instruction& instruction : instructions_of(dockerfile, stage)) {
      if (instruction.kind == kind) last = &instruction;
    }
    for (const Instruction& instruction : instructions_of(dockerfile, stage)) {
      if (instruction.kind != kind || &instruction == last) continue;
      Finding& finding = judge.found(dockerfile, instruction, instruction.span,
                                     join({"has no effect: the ", instruction.name, " in line ",
                                           std::to_string(last->span.line), " replaces it"}));
      finding.related.push_back({origin_of(dockerfile, last->span, last->name), "the one that counts"});
    }
  }
}

}  // namespace oakum::rules
