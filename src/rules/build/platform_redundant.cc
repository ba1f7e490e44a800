#include <string>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  const InstructionFlag* flag = instruction.flag("platform");
  if (flag == nullptr || instruction.stage >= dockerfile.stages.size()) return;
  const std::string& platform = dockerfile.stages[instruction.stage].platform;
  if (platform != "$TARGETPLATFORM" && platform != "${TARGETPLATFORM}") return;
  judge.found(dockerfile, instruction, flag->span, "stages are built for the target platform anyway");
}

}  // namespace

extern constinit const Rule platform_redundant{
    .info = checked({
        .id = "platform-redundant",
        .title = "FROM for the target platform, which is the default",
        .severity = Severity::low,
        .practice = Practice::build_hygiene,
        .surfaces = "D",
        .aliases = "DL3065 buildkit:RedundantTargetPlatform",
        .fix = FixSafety::safe,
        .fix_summary = "remove the flag",
        .why = "A stage is built for the target platform unless something else is said. Saying it looks as if there "
               "were a choice, and breaks with the classic builder, which does not know the variable.",
        .bad = {Surface::dockerfile, "FROM --platform=$TARGETPLATFORM alpine:3.20\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3065 "
                      "https://docs.docker.com/reference/build-checks/redundant-target-platform/",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::from}},
};

}  // namespace oakum::rules
