#include <algorithm>
#include <string_view>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

constexpr std::string_view kSystem[] = {"/", "/bin", "/boot", "/dev", "/etc", "/lib", "/proc", "/sbin", "/sys", "/usr"};
// Those that dockle names.
constexpr std::string_view kKernels[] = {"/dev", "/proc", "/sys"};

std::string_view without_slashes(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path;
}

template <std::size_t N>
bool is_one_of(std::string_view path, const std::string_view (&paths)[N]) {
  return std::ranges::find(paths, path) != std::end(paths);
}

std::string message(std::string_view path) { return join({"the volume ", quoted(path), " covers a system directory"}); }

void name(Finding& finding, std::string_view path) {
  if (is_one_of(path, kKernels)) return;
  only_aliases(finding, {});
  finding.severity = Severity::medium;
}

void check_instruction(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  for (const Argument& argument : instruction.arguments) {
    const std::string_view path = without_slashes(argument.value);
    if (argument.known && is_one_of(path, kSystem))
      name(judge.found(dockerfile, instruction, argument.span, message(path)), path);
  }
}

void check_image(const ImageFacts& image, Judge& judge) {
  for (const std::string& volume : image.image.config.volumes) {
    const std::string_view path = without_slashes(volume);
    if (is_one_of(path, kSystem)) name(judge.found(image, message(path)), path);
  }
}

}  // namespace

extern constinit const Rule sensitive_volume{
    .info = checked({
        .id = "sensitive-volume",
        .title = "a volume covers a directory of the system",
        .severity = Severity::high,
        .practice = Practice::not_privileged,
        .surfaces = "DI",
        .aliases = "DKL-DI-0002",
        .fix = FixSafety::unsafe,
        .fix_summary = "remove it, and mount data in a directory of its own",
        .why = "VOLUME lays an anonymous volume over the directory in every container of the image. Over /dev, /proc, "
               "/sys "
               "or /etc that hides what the runtime put there to protect the host, or keeps accounts and configuration "
               "from "
               "one container to the next.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nVOLUME /proc\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nVOLUME /data\n"},
        .references = "https://docs.docker.com/reference/dockerfile/#volume "
                      "https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md#dkl-di-0002",
    }),
    .checks = {.instruction = check_instruction, .instructions = {InstructionKind::volume}, .image = check_image},
};

}  // namespace oakum::rules
