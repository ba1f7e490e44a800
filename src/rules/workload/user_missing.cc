#include <optional>
#include <string>

#include "rules/kit/base_user.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check_dockerfile(const Dockerfile& dockerfile, Judge& judge) {
  if (dockerfile.stages.empty()) return;
  const Stage& base = dockerfile.stages[user_stage(dockerfile)];
  if (last_user(dockerfile, base) != nullptr || base.first >= dockerfile.instructions.size()) return;
  const Instruction& final_from = dockerfile.instructions[final_stage_of(dockerfile)->first];
  const Span where = final_from.arguments.empty() ? final_from.span : final_from.arguments.front().span;
  const std::string subject = stage_name(dockerfile, final_from.stage);
  const std::optional<ImageUser> user = base.image_known ? user_of_image(base.image, judge.subjects()) : std::nullopt;
  if (!user) {
    judge.could_not(origin_of(dockerfile, where, "FROM"), subject,
                    join({"no USER, and the base image ", quoted(base.image.text),
                          " is not here to tell its own; pull it, or add USER"}));
    return;
  }
  if (!user->root()) return;
  judge.found(dockerfile, final_from, where,
              user->by_name ? join({"no USER: runs as root, as the official image ", quoted(base.image.text),
                                    " is known to (it is not here to read)"})
                            : join({"no USER: runs as root, as the base image ", quoted(base.image.text), " does"}));
}

void check_image(const ImageFacts& image, Judge& judge) {
  if (!image.image.config.user.empty()) return;
  Finding& finding = judge.found(image, "the image names no user: it runs as root");
  only_aliases(finding, {"CIS-4.1", "CIS-DI-0001"});
}

}  // namespace

extern constinit const Rule user_missing{
    .info = checked({
        .id = "user-missing",
        .title = "no USER is set, so the image runs as root",
        .severity = Severity::high,
        .practice = Practice::non_root,
        .surfaces = "DI",
        .aliases = "CIS-4.1 CIS-DI-0001 CKV_DOCKER_3 DS-0002 KICS-fd54f200 tally:stateful-root-runtime",
        .fix = FixSafety::unsafe,
        .fix_summary = "add a user and end the Dockerfile with `USER`",
        .why = "Without a USER instruction the program runs as whatever the base image set, and that is nearly "
               "always root. Everyone who starts the image without thinking of it then runs the program as root.",
        .bad = {Surface::dockerfile,
                "FROM alpine:3.20\n"
                "CMD [\"httpd\"]\n"},
        .good = {Surface::dockerfile,
                 "FROM alpine:3.20\n"
                 "USER 65532:65532\n"
                 "CMD [\"httpd\"]\n"},
        .references = "https://docs.docker.com/build/building/best-practices/#user",
    }),
    .checks = {.dockerfile = check_dockerfile, .image = check_image},
};

}  // namespace oakum::rules
