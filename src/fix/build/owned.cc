#include "fix/build/owned.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

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
std::string absolute(std::string_view path, std::string_view workdir) {
  std::string whole(path);
  if (!path.starts_with('/')) whole = (workdir.empty() ? "$" : std::string(workdir)) + "/" + whole;
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

// The directory in force, on the way through a stage's instructions.
void follow(const Instruction& step, std::string& workdir) {
  if (step.kind != InstructionKind::workdir || step.arguments.empty()) return;
  workdir = step.arguments.front().known ? absolute(step.arguments.front().value, workdir) : std::string();
}

bool brings_files(const Instruction& step) {
  const bool copy = step.kind == InstructionKind::copy || step.kind == InstructionKind::add;
  return copy && step.arguments.size() > 1 && step.flag("chown") == nullptr && step.arguments.back().known;
}

std::vector<std::string> volumes_in(const std::vector<const Instruction*>& steps, std::string& workdir) {
  std::vector<std::string> paths;
  for (const Instruction* step : steps) {
    follow(*step, workdir);
    if (step->kind != InstructionKind::volume) continue;
    for (const Argument& path : step->arguments) {
      if (path.known) paths.push_back(absolute(path.value, workdir));
    }
  }
  return paths;
}

}  // namespace

Owned owned_in(const Dockerfile& file, const Stage& stage, const std::string& base) {
  Owned owned;
  const auto steps = steps_of(file, stage);
  std::string workdir = base;
  std::vector<std::string> volumes = volumes_in(steps, workdir);
  if (workdir != base) add(owned, workdir);
  for (std::string& path : volumes) add(owned, std::move(path));
  workdir = base;
  for (const Instruction* step : steps) {
    follow(*step, workdir);
    if (step->span.begin < file.instructions[stage.first].span.begin) continue;  // another stage's
    if (step->kind == InstructionKind::volume && owned.first_volume == nullptr) owned.first_volume = step;
    if (!brings_files(*step)) continue;
    const std::string target = absolute(step->arguments.back().value, workdir);
    if (std::ranges::any_of(owned.directories, [&](const std::string& path) { return is_within(target, path); }))
      owned.copies.push_back(step);
  }
  return owned;
}

}  // namespace oakum::fix::build
