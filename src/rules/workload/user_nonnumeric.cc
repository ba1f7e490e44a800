#include <string>
#include <string_view>

#include "model/platform_defaults.h"
#include "rules/kit/base_user.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

std::string name_part(std::string_view user) { return std::string(user.substr(0, user.find(':'))); }

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "root" is user-root's.
bool is_plain_name(std::string_view user) {
  const std::string name = name_part(user);
  return !name.empty() && !is_number(name) && !is_root_user(name);
}

void check_dockerfile(const Dockerfile& dockerfile, Judge& judge) {
  if (dockerfile.stages.empty() || on_windows(dockerfile, user_stage(dockerfile))) return;
  const Instruction* user = last_user(dockerfile, dockerfile.stages[user_stage(dockerfile)]);
  if (user == nullptr || user->arguments.empty() || !user->arguments.front().known) return;
  const Argument& name = user->arguments.front();
  if (is_plain_name(name.value))
    judge.found(dockerfile, *user, name.span,
                join({"the user ", quoted(name_part(name.value)), " is a name: use its number"}));
}

void check_image(const ImageFacts& image, Judge& judge) {
  const std::string& user = image.image.config.user;
  if (!is_plain_name(user)) return;
  judge.found(image, join({"the user ", quoted(name_part(user)), " is a name: use its number"}));
}

}  // namespace

extern constinit const Rule user_nonnumeric{
    .info = checked({
        .id = "user-nonnumeric",
        .title = "the user is given by name, which the kubelet cannot check",
        .severity = Severity::info,
        .practice = Practice::non_root,
        .surfaces = "DI",
        .aliases = "DL3066",
        .grade = Grade::strict,
        .fix = FixSafety::unsafe,
        .fix_summary = "write the number that the name has in the image's /etc/passwd",
        .why = "With runAsNonRoot the kubelet must know before the start that the user is not root. It does not "
               "read the image's passwd file, so it refuses every user that is a name; a number works everywhere.",
        .bad = {Surface::dockerfile,
                "FROM alpine:3.20\n"
                "RUN adduser -D -u 10001 app\n"
                "USER app\n"},
        .good = {Surface::dockerfile,
                 "FROM alpine:3.20\n"
                 "RUN adduser -D -u 10001 app\n"
                 "USER 10001\n"},
        .references = "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    }),
    .checks = {.dockerfile = check_dockerfile, .image = check_image},
};

}  // namespace oakum::rules
