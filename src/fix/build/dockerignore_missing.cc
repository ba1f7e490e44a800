#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "fix/build/ignore_file.h"
#include "fix/build/place.h"
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

Planned plan(const Place& place, const Finding&, const Context& context) {
  const Dockerfile& file = *place.file;
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
