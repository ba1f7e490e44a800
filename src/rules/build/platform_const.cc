#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

std::string_view architecture(std::string_view platform) {
  next_field(platform, '/');
  return next_field(platform, '/');
}

// A stage of several may be there for one platform when its name says so: "build-arm64".
bool is_named_after(const Stage& stage, const Dockerfile& dockerfile) {
  const std::string_view arch = architecture(stage.platform);
  return dockerfile.stages.size() > 1 && !arch.empty() && to_lower(stage.name).find(arch) != std::string::npos;
}

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  const InstructionFlag* flag = instruction.flag("platform");
  if (flag == nullptr || instruction.stage >= dockerfile.stages.size()) return;
  const Stage& stage = dockerfile.stages[instruction.stage];
  const std::string& platform = stage.platform;
  if (platform.find("BUILDPLATFORM") != std::string::npos || platform.find("TARGETPLATFORM") != std::string::npos)
    return;
  const bool variable = platform.find('$') != std::string::npos;
  Finding& finding =
      judge.found(dockerfile, instruction, flag->span,
                  join({"this stage is always built for ", quoted(platform), ", whatever is asked for"}));
  if (variable || is_named_after(stage, dockerfile)) only_aliases(finding, {"DL3029", "KICS-b16e8501"});
}

}  // namespace

extern constinit const Rule platform_const{
    .info = checked({
        .id = "platform-const",
        .title = "FROM for a fixed platform",
        .severity = Severity::low,
        .practice = Practice::pinned_trusted_base,
        .surfaces = "D",
        .aliases = "DL3029 KICS-b16e8501 buildkit:FromPlatformFlagConstDisallowed",
        .fix = FixSafety::unsafe,
        .fix_summary = "leave it out; a stage that cross-compiles takes $BUILDPLATFORM",
        .why = "With a fixed platform the image is the same for every target, so a build for another machine gives one "
               "that does not run there, or only under emulation. Leave it out, or use $BUILDPLATFORM for a stage that "
               "compiles across.",
        .bad = {Surface::dockerfile, "FROM --platform=linux/amd64 alpine:3.20\n"},
        .good = {Surface::dockerfile, "FROM --platform=$BUILDPLATFORM alpine:3.20\n"},
        .references = "https://github.com/hadolint/hadolint/wiki/DL3029 "
                      "https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::from}},
};

}  // namespace oakum::rules
