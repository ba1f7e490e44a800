#include <string>
#include <utility>
#include <vector>

#include "fix/build/base.h"
#include "fix/build/edit.h"
#include "fix/build/paths.h"
#include "fix/build/place.h"
#include "fix/kit/text.h"

namespace oakum::fix::build {

namespace {

// Does anything of the stage, or what is built on it, ask for the directory afterwards? Only another absolute WORKDIR
// tells that it does not.
bool is_set_next(const Place& place) {
  bool behind = false;
  for (const Instruction& instruction : instructions_of(*place.file, *place.stage)) {
    if (behind)
      return instruction.kind == InstructionKind::workdir && !instruction.arguments.empty() &&
             instruction.arguments.front().value.starts_with('/');
    behind = &instruction == place.outer;
  }
  return false;
}

// `RUN cd /x && make` becomes WORKDIR /x, RUN make, and WORKDIR again as it was.
Planned plan(const Place& place, const WordAt& at, const Context& context) {
  const auto& commands = place.at->script->commands;
  if (at.command != commands.data() || at.index != 0 || at.command->depth > 0 || place.at->json_form ||
      place.outer != place.at || !place.at->heredocs.empty())
    return refuse("the directory changes in the middle of the RUN: name it where it is used (make -C, git -C, tar -C)");
  const auto& words = at.command->words;
  if (words.size() != 2 || words[1].expands || words[1].text.starts_with('-') || words[1].text.starts_with('~') ||
      words[1].text.find(' ') != std::string::npos)
    return refuse("which directory is meant does not stand here: write WORKDIR by hand");
  const auto before = workdir_before(place, context);
  if (!before || !before->starts_with('/'))
    return refuse("the base image's working directory, to go back to, is not known: write WORKDIR by hand");
  const bool lower = place.at->spelling == "run";
  const std::string workdir = lower ? "workdir " : "WORKDIR ";
  const std::string directory = absolute_path(*before, words[1].text);
  if (commands.size() == 1) return answer(put(place, place.at->span, workdir + directory));
  if (commands[1].joint != shell::Joint::and_then && commands[1].joint != shell::Joint::semicolon)
    return refuse("what follows depends on whether the directory is there: write WORKDIR by hand");
  std::vector<Edit> edits = {lines_before(place, *place.outer, workdir + directory)};
  edits.push_back(remove(*place.source, at.command->span.begin, commands[1].span.begin));
  if (!is_set_next(place)) {
    auto back = lines_after(place, *place.outer, workdir + *before);
    if (!back) return std::unexpected(std::move(back.error()));
    edits.push_back(std::move(*back));
  }
  return answer(std::move(edits));
}

}  // namespace

extern constinit const Remedy cd_in_run{"cd-in-run", at_word<plan>};

}  // namespace oakum::fix::build
