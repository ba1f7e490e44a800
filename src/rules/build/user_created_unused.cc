#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

bool names_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// The program may change to the user by itself, in a script that is not seen here.
bool may_switch(const Instruction& instruction) {
  const bool starts = instruction.kind == InstructionKind::entrypoint || instruction.kind == InstructionKind::cmd;
  if (starts)
    return names_any(instruction.text,
                     {"entrypoint", ".sh", "gosu", "su-exec", "setpriv", "runuser", "su ", "chroot", "init"});
  return instruction.kind == InstructionKind::run && names_any(instruction.text, {"gosu", "su-exec"});
}

const shell::Command* creation(const Instruction& instruction) {
  if (instruction.kind != InstructionKind::run || !instruction.script) return nullptr;
  for (const shell::Command& command : instruction.script->commands) {
    const std::size_t at = command.program;
    if (at >= command.words.size()) continue;
    const std::string_view path = command.words[at].text;
    const std::string_view name = path.substr(path.rfind('/') + 1);
    if (name == "useradd" || name == "adduser") return &command;
  }
  return nullptr;
}

void check(const Dockerfile& dockerfile, Judge& judge) {
  const Instruction* run = nullptr;
  const shell::Command* made = nullptr;
  for (const Stage* stage : final_chain(dockerfile)) {
    for (const Instruction& instruction : instructions_of(dockerfile, *stage)) {
      if (instruction.kind == InstructionKind::user || may_switch(instruction)) return;
      const shell::Command* command = creation(instruction);
      if (command == nullptr) continue;
      run = &instruction;
      made = command;
    }
  }
  if (made == nullptr) return;
  judge.found(dockerfile, *run, made->span, "makes a user, but no USER follows: the image still runs as root");
}

}  // namespace

extern constinit const Rule user_created_unused{
    .info = checked({
        .id = "user-created-unused",
        .title = "a user is made and never used",
        .severity = Severity::medium,
        .practice = Practice::non_root,
        .surfaces = "D",
        .aliases = "tally:user-created-but-never-used",
        .fix = FixSafety::unsafe,
        .fix_summary = "add USER with its number",
        .why = "Making a user changes nothing by itself: the container runs as what USER says, and as root when "
               "nothing does. Here the work was begun and not finished.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nRUN adduser -D app\nCMD [\"app\"]\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nRUN adduser -D app\nUSER app\nCMD [\"app\"]\n"},
        .references = "https://docs.docker.com/reference/dockerfile/#user",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
