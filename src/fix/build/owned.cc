#include "fix/build/owned.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "fix/build/chain.h"

namespace oakum::fix::build {

namespace {

constexpr std::array<std::string_view, 17> kSystem = {"/",    "/bin", "/boot", "/dev",  "/etc",  "/home",
                                                      "/lib", "/mnt", "/opt",  "/proc", "/root", "/run",
                                                      "/srv", "/sys", "/tmp",  "/usr",  "/var"};
constexpr std::array<std::string_view, 9> kBelowSystem = {"/bin/",     "/boot/",    "/dev/",      "/etc/", "/lib/",
                                                          "/usr/bin/", "/usr/lib/", "/usr/sbin/", "/sys/"};

bool is_of_system(std::string_view path) {
  return !path.starts_with('/') || path.find('$') != std::string_view::npos ||
         std::ranges::find(kSystem, path) != kSystem.end() ||
         std::ranges::any_of(kBelowSystem,
                             [&](std::string_view above) { return (std::string(path) + "/").starts_with(above); });
}

// Without "." and doubled slashes; a relative path from the directory in force.
std::string absolute(std::string_view path, const Instruction& at) {
  std::string whole(path);
  if (!path.starts_with('/')) whole = at.before.workdir.value_or("$") + "/" + whole;
  std::string result;
  std::string_view rest = whole;
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    const std::string_view part = rest.substr(0, slash);
    rest.remove_prefix(slash == std::string_view::npos ? rest.size() : slash + 1);
    if (part.empty() || part == ".") continue;
    if (!result.empty() || whole.starts_with('/')) result += '/';
    result += part;
  }
  return result.empty() ? "/" : result;
}

bool is_within(std::string_view path, std::string_view directory) {
  return path.starts_with(directory) && (path.size() == directory.size() || path[directory.size()] == '/');
}

void add(Owned& owned, std::string path) {
  if (is_of_system(path) || path.find_first_of(" \t'\"\\") != std::string::npos) return;
  if (std::ranges::find(owned.directories, path) == owned.directories.end())
    owned.directories.push_back(std::move(path));
}

}  // namespace

Owned owned_in(const Dockerfile& file, const Stage& stage) {
  Owned owned;
  if (stage.end.workdir) add(owned, absolute(*stage.end.workdir, file.instructions[stage.first]));
  for (const Instruction* step : steps_of(file, stage)) {
    if (step->kind != InstructionKind::volume) continue;
    for (const Argument& path : step->arguments) {
      if (path.known) add(owned, absolute(path.value, *step));
    }
  }
  for (const Instruction& step : instructions_of(file, stage)) {
    if (step.kind == InstructionKind::volume && owned.first_volume == nullptr) owned.first_volume = &step;
    const bool copy = step.kind == InstructionKind::copy || step.kind == InstructionKind::add;
    if (!copy || step.arguments.size() < 2 || step.flag("chown") != nullptr || !step.arguments.back().known) continue;
    const std::string target = absolute(step.arguments.back().value, step);
    if (std::ranges::any_of(owned.directories, [&](const std::string& path) { return is_within(target, path); }))
      owned.copies.push_back(&step);
  }
  return owned;
}

}  // namespace oakum::fix::build
