#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/build/structure.h"
#include "rules/kit/base_user.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

bool is_root(std::string_view user) {
  const std::string_view name = next_field(user, ':');
  return name.empty() || name == "root" || name == "0";
}

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  if (target_of(instruction) == nullptr || instruction.flag("chown") != nullptr) return;
  const auto& user = instruction.before.user;
  if (!user || is_root(*user) || user->find('$') != std::string::npos) return;
  if (on_windows(dockerfile, instruction.stage)) return;
  judge.found(dockerfile, instruction, instruction.name_span,
              join({"what ", instruction.name, " brings belongs to root, although USER is ", quoted(*user)}));
}

}  // namespace

extern constinit const Rule copy_after_user_without_chown{
    .info = checked({
        .id = "copy-after-user-without-chown",
        .title = "files copied after USER belong to root",
        .severity = Severity::info,
        .practice = Practice::non_root,
        .surfaces = "D",
        .aliases = "tally:copy-after-user-without-chown",
        .grade = Grade::strict,
        .fix = FixSafety::unsafe,
        .fix_summary = "add --chown for what the process writes",
        .why = "USER does not change whom copied files belong to: without --chown that is root. This is right for "
               "programs and wrong for what the process writes; it is mostly meant one way and done the other.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nUSER 1000\nCOPY data /data\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nUSER 1000\nCOPY --chown=1000:1000 data /data\n"},
        .references = "https://docs.docker.com/reference/dockerfile/#copy---chown---chmod",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::add, InstructionKind::copy}},
};

}  // namespace oakum::rules
