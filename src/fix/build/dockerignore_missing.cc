#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/fd.h"
#include "fix/build/ignore_file.h"
#include "fix/build/place.h"
#include "fix/kit/answer.h"
#include "model/ignore.h"

namespace oakum::fix::build {

namespace {

// What no image needs, whatever is built.
constexpr std::array<std::string_view, 8> kAlways = {".git",     ".dockerignore", "**/.env",   "**/.env.*",
                                                     "**/*.key", "**/*.pem",      "**/id_rsa", "**/id_ed25519"};

// What programs bring into the context, and the image makes anew.
struct Leftover {
  std::string_view programs;  // words of a RUN
  std::string_view pattern;
};
constexpr Leftover kLeftovers[] = {
    {"npm", "**/node_modules"}, {"pnpm", "**/node_modules"},  {"yarn", "**/node_modules"}, {"pip", "**/__pycache__"},
    {"pip3", "**/__pycache__"}, {"poetry", "**/__pycache__"}, {"uv", "**/__pycache__"},    {"pip", "**/.venv"},
    {"pip3", "**/.venv"},       {"poetry", "**/.venv"},       {"uv", "**/.venv"},          {"cargo", "target"},
    {"mvn", "target"},          {"gradle", "**/.gradle"},
};

bool runs(const Dockerfile& file, std::string_view program) {
  return std::ranges::any_of(file.instructions, [&](const Instruction& run) {
    return run.kind == InstructionKind::run && run.script &&
           std::ranges::any_of(run.script->commands,
                               [&](const shell::Command& command) { return command.name() == program; });
  });
}

std::string_view bare(std::string_view pattern) { return pattern.substr(pattern.starts_with("**/") ? 3 : 0); }

void add(const Dockerfile& file, std::string_view pattern, std::vector<std::string>& patterns) {
  if (std::ranges::find(patterns, pattern) != patterns.end() || is_copied_by_name(file, pattern) ||
      is_copied_by_name(file, bare(pattern)))
    return;
  patterns.emplace_back(pattern);
}

// A file that COPY names and that is not in the directory of the Dockerfile, while none is: builds of it are given
// another directory. "" when there is no such sign.
std::string copied_from_elsewhere(const Dockerfile& file) {
  std::string missing;
  for (const Instruction& copy : file.instructions) {
    if (copy.kind != InstructionKind::copy || copy.flag("from") != nullptr || !copy.heredocs.empty()) continue;
    for (std::size_t i = 0; i + 1 < copy.arguments.size(); ++i) {
      const Argument& source = copy.arguments[i];
      const bool is_name = source.known && source.value.find_first_of("*?[") == std::string::npos &&
                           source.value.find_first_not_of("./") != std::string::npos;
      if (!is_name) continue;
      if (path_exists(file.context + "/" + source.value)) return {};
      if (missing.empty()) missing = source.value;
    }
  }
  return missing;
}

Planned plan(const Place& place, const Finding&, const Context& context) {
  const Dockerfile& file = *place.file;
  if (const std::string missing = copied_from_elsewhere(file); !file.context.empty() && !missing.empty())
    return refuse(
        quoted(missing) +
        ", which COPY takes, is not beside the Dockerfile: write .dockerignore in the directory that builds get");
  std::vector<std::string> patterns;
  for (const std::string_view pattern : kAlways) add(file, pattern, patterns);
  for (const std::string& entry : file.context_entries) {
    const bool covered = std::ranges::any_of(
        patterns, [&](const std::string& pattern) { return matches_path_or_parent(pattern, entry); });
    if (!covered) add(file, entry, patterns);
  }
  for (const Leftover& row : kLeftovers) {
    if (runs(file, row.programs)) add(file, row.pattern, patterns);
  }
  auto edit = ignore(place, patterns, context);
  if (!edit) return std::unexpected(std::move(edit.error()));
  return answer({std::move(*edit)}, "what else no image needs (tests, documents, local settings), add to it");
}

}  // namespace

extern constinit const Remedy dockerignore_missing{"dockerignore-missing", at_place<plan>};

}  // namespace oakum::fix::build
