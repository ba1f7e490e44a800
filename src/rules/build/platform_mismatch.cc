#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// "x86_64" and "aarch64" are taken too.
std::string_view normal(std::string_view architecture) {
  if (architecture == "x86_64" || architecture == "x86-64") return "amd64";
  if (architecture == "aarch64") return "arm64";
  return architecture;
}

bool differs(std::string_view wanted, const Platform& has) {
  const std::string_view os = next_field(wanted, '/');
  const std::string_view architecture = next_field(wanted, '/');
  if (architecture.empty() || has.architecture.empty()) return false;
  return os != has.os || normal(architecture) != normal(has.architecture);
}

// Docker's official images of one architecture: "arm64v8/alpine".
std::optional<Platform> platform_of_name(const ImageReference& image) {
  constexpr std::pair<std::string_view, std::string_view> kOwners[] = {
      {"amd64", "amd64"},     {"arm32v5", "arm"}, {"arm32v6", "arm"},       {"arm32v7", "arm"},
      {"arm64v8", "arm64"},   {"i386", "386"},    {"mips64le", "mips64le"}, {"ppc64le", "ppc64le"},
      {"riscv64", "riscv64"}, {"s390x", "s390x"}};
  if (image.registry_or_default() != "docker.io") return std::nullopt;
  std::string_view rest = image.repository;
  const std::string_view owner = next_field(rest, '/');
  const auto* row = std::ranges::find(kOwners, owner, &std::pair<std::string_view, std::string_view>::first);
  if (rest.empty() || row == std::end(kOwners)) return std::nullopt;
  return Platform{.os = "linux", .architecture = std::string(row->second), .variant = {}};
}

std::optional<Platform> platform_of(const Stage& stage, const Subjects& subjects) {
  if (const ImageFacts* base = facts_of(stage, subjects)) return base->image.platform;
  return platform_of_name(stage.image);
}

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  const InstructionFlag* flag = instruction.flag("platform");
  if (flag == nullptr || instruction.stage >= dockerfile.stages.size()) return;
  const Stage& stage = dockerfile.stages[instruction.stage];
  if (stage.parent || on_scratch(stage) || stage.platform.empty() || stage.platform.find('$') != std::string::npos)
    return;
  const auto has = platform_of(stage, judge.subjects());
  if (!has) {
    judge.could_not(origin_of(dockerfile, flag->span), stage_name(dockerfile, instruction.stage),
                    join({"whether ", quoted(stage.image.text), " is there for ", quoted(stage.platform),
                          " is not known: the image is not here; pull it for that platform"}));
  } else if (differs(stage.platform, *has)) {
    judge.found(dockerfile, instruction, flag->span,
                join({quoted(stage.image.text), " is for ", has->text(), ", not for ", stage.platform}));
  }
}

}  // namespace

extern constinit const Rule platform_mismatch{
    .info = checked({
        .id = "platform-mismatch",
        .title = "the base image is for another platform",
        .severity = Severity::medium,
        .practice = Practice::pinned_trusted_base,
        .surfaces = "D",
        .aliases = "buildkit:InvalidBaseImagePlatform",
        .fix = FixSafety::advice,
        .fix_summary = "use an image that has that platform",
        .why = "When the image that is there is for another platform than the one asked for, programs in it do not "
               "start, or run slowly under emulation, and the result carries the wrong label.",
        .bad = {Surface::dockerfile, "FROM --platform=linux/arm64 amd64/alpine:3.20\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\n"},
        .references = "https://docs.docker.com/reference/build-checks/invalid-base-image-platform/",
    }),
    .checks = {.instruction = check, .instructions = {InstructionKind::from}},
};

}  // namespace oakum::rules
