#include <cstddef>
#include <optional>

#include "rules/kit/base_user.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// The last HEALTHCHECK of the shipped stage or those it is built on; nullopt when the base image decides.
std::optional<bool> checked_by(const Dockerfile& dockerfile) {
  const Stage* stage = final_stage_of(dockerfile);
  while (stage != nullptr) {
    for (std::size_t i = stage->last + 1; i > stage->first; --i) {
      if (i > dockerfile.instructions.size()) continue;
      const Instruction& instruction = dockerfile.instructions[i - 1];
      if (instruction.kind == InstructionKind::healthcheck) return instruction.healthcheck_type != "NONE";
    }
    // A parent is an earlier stage, so this ends.
    const bool earlier = stage->parent && *stage->parent < static_cast<std::size_t>(stage - dockerfile.stages.data());
    stage = earlier ? &dockerfile.stages[*stage->parent] : nullptr;
  }
  return std::nullopt;
}

std::optional<bool> has_check(const Workload& workload, const Subjects& subjects) {
  if (workload.build && workload.build->read && *workload.build->read < subjects.dockerfiles.size())
    return checked_by(subjects.dockerfiles[*workload.build->read]);
  if (!workload.image.known()) return std::nullopt;
  const auto known = subjects.known_images.find(workload.image->text);
  if (known == subjects.known_images.end()) return std::nullopt;
  return known->second.image.config.healthcheck;
}

void check(const Workload& workload, Judge& judge) {
  if (!workload.healthcheck.known() || !workload.healthcheck->disabled) return;
  const std::optional<bool> there = has_check(workload, judge.subjects());
  if (!there) {
    judge.could_not(workload.healthcheck.origin(), workload.subject,
                    "the health check is switched off, and the image is not here to tell whether it has one; pull it");
  } else if (*there) {
    judge.found(workload, workload.healthcheck.origin(), "the health check that the image has is switched off");
  }
}

}  // namespace

extern constinit const Rule healthcheck_disabled{
    .info = checked({
        .id = "healthcheck-disabled",
        .title = "the health check of the image is switched off",
        .severity = Severity::low,
        .practice = Practice::monitoring,
        .surfaces = "CRL",
        .aliases = "CIS-5.27",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove it",
        .why = "The image says how to tell whether the program works. Switched off, a container that hangs counts "
               "as healthy: nothing restarts it, and what depends on it starts too early.",
        .bad = {Surface::compose,
                "services:\n"
                "  web:\n"
                "    build:\n"
                "      dockerfile_inline: |\n"
                "        FROM alpine:3.20\n"
                "        HEALTHCHECK CMD [\"wget\", \"-qO-\", \"http://localhost\"]\n"
                "    healthcheck:\n"
                "      disable: true\n"},
        .good = {Surface::compose,
                 "services:\n"
                 "  web:\n"
                 "    build:\n"
                 "      dockerfile_inline: |\n"
                 "        FROM alpine:3.20\n"
                 "        HEALTHCHECK CMD [\"wget\", \"-qO-\", \"http://localhost\"]\n"},
        .references = "https://docs.docker.com/reference/dockerfile/#healthcheck",
    }),
    .checks = {.workload = check},
};

}  // namespace oakum::rules
