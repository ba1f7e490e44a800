#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// Whom a stage's base knows by name.
struct Names {
  bool judged = false;  // false: nothing is said of this base
  std::set<std::string, std::less<>> known;
};

Names names_of(const Stage& root, const Subjects& subjects) {
  Names names;
  const ImageFacts* facts = facts_of(root, subjects);
  if (facts != nullptr && facts->files_known) {
    names.judged = true;
    for (const PasswdEntry& entry : facts->passwd) names.known.insert(entry.name);
  } else if (on_scratch(root)) {
    names.judged = true;
  } else if (root.image.registry == "gcr.io" && root.image.repository.starts_with("distroless/static")) {
    names.judged = true;
    names.known = {"root", "nobody", "nonroot"};
  }
  return names;
}

// A RUN may add users, an archive or a COPY to /etc may bring a passwd file.
bool may_add_users(const Instruction& instruction) {
  if (instruction.kind == InstructionKind::run) return true;
  const Argument* target = is_copy(instruction) ? target_of(instruction) : nullptr;
  if (target == nullptr) return false;
  const std::string path = context_path(target->value);
  return !target->known || path.empty() || path == "etc" || path == "etc/passwd";
}

bool is_name(std::string_view user) {
  return !user.empty() && user.find('$') == std::string_view::npos && !parse_number<std::uint64_t>(user);
}

void judge_user(std::string_view user, const Span& where, const Instruction& instruction, const Names& names,
                const Dockerfile& dockerfile, Judge& judge) {
  const std::string_view name = next_field(user, ':');
  if (!is_name(name) || names.known.contains(name)) return;
  judge.found(dockerfile, instruction, where,
              join({"the base image has no user ", quoted(name), ": only a number works here"}));
}

void check(const Dockerfile& dockerfile, Judge& judge) {
  const auto roots = roots_of(dockerfile);
  std::vector<bool> has_users(roots.size());
  for (std::size_t i = 0; i < roots.size(); ++i) {
    const Stage& stage = dockerfile.stages[i];
    if (roots[i] != i) has_users[i] = has_users[*stage.parent];
    const Names names = names_of(dockerfile.stages[roots[i]], judge.subjects());
    if (!names.judged) continue;
    for (const Instruction& instruction : instructions_of(dockerfile, stage)) {
      const InstructionFlag* owner = is_copy(instruction) ? instruction.flag("chown") : nullptr;
      if (owner != nullptr && !has_users[i])
        judge_user(owner->value, owner->span, instruction, names, dockerfile, judge);
      if (may_add_users(instruction)) has_users[i] = true;
      if (instruction.kind != InstructionKind::user || instruction.arguments.empty() || has_users[i]) continue;
      const Argument& user = instruction.arguments.front();
      if (user.known) judge_user(user.value, user.span, instruction, names, dockerfile, judge);
    }
  }
}

}  // namespace

extern constinit const Rule user_in_passwdless_base{
    .info = checked({
        .id = "user-in-passwdless-base",
        .title = "a user by name where there is no /etc/passwd",
        .severity = Severity::medium,
        .practice = Practice::non_root,
        .surfaces = "D",
        .aliases = "tally:named-identity-in-passwdless-stage",
        .fix = FixSafety::unsafe,
        .fix_summary = "write its number",
        .why = "The engine looks a user name up in the /etc/passwd of the image. The empty image has no such file and "
               "distroless ones know three names, so the build or the start fails with \"unable to find user\". A "
               "number needs no file.",
        .bad = {Surface::dockerfile, "FROM scratch\nCOPY app /app\nUSER app\n"},
        .good = {Surface::dockerfile, "FROM scratch\nCOPY app /app\nUSER 65532:65532\n"},
        .references =
            "https://docs.docker.com/reference/dockerfile/#user https://github.com/GoogleContainerTools/distroless",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
