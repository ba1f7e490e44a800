#include <cstddef>
#include <optional>
#include <string>

#include "model/platform_defaults.h"
#include "rules/kit/base_user.h"
#include "rules/kit/judge.h"
#include "rules/workload/family.h"

namespace oakum::rules {

namespace {

struct Chosen {
  std::string user;
  std::string by;  // "its Dockerfile", `the image "x"`
  std::optional<Origin> where;
};

std::optional<Chosen> by_dockerfile(const Workload& workload, const Subjects& subjects) {
  const std::optional<std::size_t> read = workload.build ? workload.build->read : std::nullopt;
  if (!read || *read >= subjects.dockerfiles.size()) return std::nullopt;
  const Dockerfile& dockerfile = subjects.dockerfiles[*read];
  if (dockerfile.stages.empty()) return std::nullopt;
  const Instruction* user = last_user(dockerfile, dockerfile.stages[user_stage(dockerfile)]);
  if (user == nullptr || user->arguments.empty() || !user->arguments.front().known) return std::nullopt;
  const Argument& name = user->arguments.front();
  return Chosen{name.value, "its Dockerfile", origin_of(dockerfile, name.span, "USER")};
}

std::optional<Chosen> by_image(const Workload& workload, const Subjects& subjects) {
  if (!workload.image.known()) return std::nullopt;
  const std::optional<ImageUser> user = user_of_image(*workload.image, subjects);
  if (!user || user->root()) return std::nullopt;
  return Chosen{user->user, join({"the image ", quoted(workload.image->text)}), std::nullopt};
}

void check(const Workload& workload, Judge& judge) {
  const std::optional<std::string> user = stated_user(workload);
  if (!user || !is_root_user(*user)) return;
  std::optional<Chosen> chosen = by_dockerfile(workload, judge.subjects());
  if (!chosen && !workload.build) chosen = by_image(workload, judge.subjects());
  if (!chosen || is_root_user(chosen->user)) return;
  Finding& finding =
      judge.found(workload, workload.user.origin(),
                  join({"runs as ", quoted(*user), ", where ", chosen->by, " chose ", quoted(chosen->user)}));
  for_surface(finding, workload);
  if (chosen->where) finding.related.push_back({*chosen->where, "the user that the image is built with"});
}

}  // namespace

extern constinit const Rule user_contradicted{
    .info = checked({
        .id = "user-contradicted",
        .title = "the image runs as an ordinary user, and this sets it back to root",
        .severity = Severity::high,
        .practice = Practice::non_root,
        .surfaces = "CKRL",
        .aliases = "CIS-4.1",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove it, so that the image's user holds",
        .why = "Whoever built the image made it run without root. Naming root where it is started throws that work "
               "away, and nobody who reads the Dockerfile will notice.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    image: nginx:1.27\n"
                "    build:\n"
                "      dockerfile_inline: |\n"
                "        FROM alpine:3.20\n"
                "        USER 1000\n"
                "    user: root\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    image: nginx:1.27\n"
                 "    build:\n"
                 "      dockerfile_inline: |\n"
                 "        FROM alpine:3.20\n"
                 "        USER 1000\n"},
        .references = "https://docs.docker.com/build/building/best-practices/#user",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
