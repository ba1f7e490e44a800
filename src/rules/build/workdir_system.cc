#include <algorithm>
#include <string>
#include <string_view>

#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

bool is_system(std::string_view path) {
  constexpr std::string_view kTrees[] = {"/bin",  "/boot", "/dev", "/etc",     "/lib",     "/lib64",
                                         "/proc", "/sbin", "/sys", "/usr/bin", "/usr/sbin"};
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return std::ranges::any_of(kTrees, [&](std::string_view tree) {
    return path.starts_with(tree) && (path.size() == tree.size() || path[tree.size()] == '/');
  });
}

void check_instruction(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  if (instruction.arguments.empty()) return;
  const Argument& path = instruction.arguments.front();
  if (!path.known || !is_system(path.value)) return;
  judge.found(dockerfile, instruction, path.span,
              join({"works in ", quoted(path.value), ", which belongs to the system"}));
}

void check_image(const ImageFacts& image, Judge& judge) {
  const std::string& path = image.image.config.working_dir;
  if (is_system(path)) judge.found(image, join({"works in ", quoted(path), ", which belongs to the system"}));
}

}  // namespace

extern constinit const Rule workdir_system{
    .info = checked({
        .id = "workdir-system",
        .title = "WORKDIR is a system directory",
        .severity = Severity::low,
        .practice = Practice::data_volumes,
        .surfaces = "DI",
        .aliases = "DS-0030",
        .fix = FixSafety::advice,
        .fix_summary = "use a directory of its own",
        .why = "Files of the application among the system's can replace programs and settings, and the process needs "
               "more rights there than it should have. A directory of its own keeps the two apart.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nWORKDIR /etc\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nWORKDIR /app\n"},
        .references = "https://avd.aquasec.com/misconfig/ds030 https://docs.docker.com/reference/dockerfile/#workdir",
    }),
    .checks = {.instruction = check_instruction, .instructions = {InstructionKind::workdir}, .image = check_image},
};

}  // namespace oakum::rules
