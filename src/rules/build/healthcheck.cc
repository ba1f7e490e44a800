#include <algorithm>
#include <optional>
#include <vector>

#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// Where the final image gets its HEALTHCHECK from; NONE is a decision too.
bool chain_has_check(const Dockerfile& dockerfile, const std::vector<const Stage*>& chain) {
  return std::ranges::any_of(chain, [&](const Stage* stage) {
    return std::ranges::any_of(instructions_of(dockerfile, *stage), [](const Instruction& instruction) {
      return instruction.kind == InstructionKind::healthcheck;
    });
  });
}

bool image_has_check(const Dockerfile& dockerfile, const Subjects& subjects) {
  const auto chain = final_chain(dockerfile);
  if (chain.empty() || chain_has_check(dockerfile, chain)) return true;
  const ImageFacts* base = facts_of(*chain.back(), subjects);
  return base != nullptr && base->healthcheck.has_value();
}

void check_dockerfile(const Dockerfile& dockerfile, Judge& judge) {
  const auto chain = final_chain(dockerfile);
  if (image_has_check(dockerfile, judge.subjects())) return;
  const Instruction* from = from_of(dockerfile, *chain.front());
  if (from == nullptr) return;
  only_aliases(judge.found(dockerfile, *from, "the final stage has no HEALTHCHECK"),
               {"CKV_DOCKER_2", "DL3057", "DS-0026", "KICS-b03a748a"});
}

void check_image(const ImageFacts& image, Judge& judge) {
  if (!image.healthcheck) only_aliases(judge.found(image, "has no HEALTHCHECK"), {"CIS-4.6", "CIS-DI-0006"});
}

// nullopt: the image is not here.
std::optional<bool> image_of(const Workload& workload, const Subjects& subjects) {
  if (workload.build && workload.build->read && *workload.build->read < subjects.dockerfiles.size()) {
    return image_has_check(subjects.dockerfiles[*workload.build->read], subjects);
  }
  const auto known = workload.image ? subjects.known_images.find(workload.image->text) : subjects.known_images.end();
  if (known == subjects.known_images.end()) return std::nullopt;
  return known->second.healthcheck.has_value();
}

void check_workload(const Workload& workload, Judge& judge) {
  // With an interval alone the image's own test is run.
  const Field<HealthCheck>& check = workload.healthcheck;
  if (check && (!check.known() || check->disabled || !check->test.arguments.empty())) return;
  auto has = image_of(workload, judge.subjects());
  // What an engine says of a container is complete: the image's check would be among it.
  if (!has && workload.surface == Surface::container) has = false;
  if (!has) {
    judge.could_not(workload.origin, workload.subject,
                    "whether its image has a HEALTHCHECK is not known: the image is not here; pull it");
  } else if (!*has) {
    Finding& finding = judge.found(workload, "has no health check, and neither has its image");
    only_aliases(finding, {"CIS-5.27"});
    if (workload.surface == Surface::compose) add_alias(finding, "KICS-698ed579");
  }
}

}  // namespace

extern constinit const Rule healthcheck{
    .info = checked({
        .id = "healthcheck",
        .title = "nothing tells whether the container is healthy",
        .severity = Severity::low,
        .practice = Practice::monitoring,
        .surfaces = "DICRL",
        .aliases = "CIS-4.6 CIS-5.27 CIS-DI-0006 CKV_DOCKER_2 DL3057 DS-0026 KICS-698ed579 KICS-b03a748a",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "add a HEALTHCHECK that asks the program itself",
        .why = "Without a health check the engine knows only whether the process is there, not whether it does its "
               "work. One that hangs is never restarted, and what depends on it starts too early.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nCMD [\"app\"]\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nHEALTHCHECK CMD [\"app\", \"--check\"]\nCMD [\"app\"]\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3057 "
                      "https://docs.docker.com/reference/dockerfile/#healthcheck",
    }),
    .checks = {.workload = check_workload, .dockerfile = check_dockerfile, .image = check_image},
};

}  // namespace oakum::rules
