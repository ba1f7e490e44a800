#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "model/ignore.h"
#include "rules/build/secret_names.h"
#include "rules/build/structure.h"
#include "rules/kit/judge.h"

namespace oakum::rules {

namespace {

// Does COPY of what lies at `path` of the context take `entry`?
bool takes(std::string_view path, std::string_view entry) {
  return path.empty() || matches_path_or_parent(path, entry);
}

// The context's sensitive entries that .dockerignore lets in.
std::vector<std::string_view> let_in(const Dockerfile& dockerfile) {
  std::vector<std::string_view> entries;
  for (const std::string& entry : dockerfile.context_entries) {
    if (!dockerfile.ignore || !is_ignored(*dockerfile.ignore, entry)) entries.emplace_back(entry);
  }
  return entries;
}

// Those that the source brings along; a file it names itself is another rule's.
std::vector<std::string_view> taken(const std::string& path, const std::vector<std::string_view>& entries) {
  std::vector<std::string_view> found;
  if (entries.empty() || is_secret_file(path)) return found;
  for (const std::string_view entry : entries) {
    if (takes(path, entry)) found.push_back(entry);
  }
  return found;
}

bool is_git(std::string_view entry) { return entry == ".git" || entry.ends_with("/.git"); }

std::string listed(const std::vector<std::string_view>& entries) {
  constexpr std::size_t kShown = 5;
  std::string text;
  for (std::size_t i = 0; i < entries.size() && i < kShown; ++i) text += (i > 0 ? ", " : "") + quoted(entries[i]);
  if (entries.size() > kShown) text += " and " + std::to_string(entries.size() - kShown) + " more";
  return text;
}

void judge_source(const Instruction& copy, const Argument& source, const std::vector<std::string_view>& entries,
                  const Dockerfile& dockerfile, Judge& judge) {
  const std::string path = context_path(source.value);
  std::vector<std::string_view> found = taken(path, entries);
  if (found.empty() && is_git(path)) found.push_back(path);
  if (found.empty()) return;
  Finding& finding =
      judge.found(dockerfile, copy, source.span, join({"brings ", listed(found), " of the context into the image"}));
  if (std::ranges::all_of(found, is_git)) finding.severity = Severity::medium;
}

void check(const Dockerfile& dockerfile, Judge& judge) {
  const std::vector<std::string_view> entries = let_in(dockerfile);
  for (const Instruction& instruction : dockerfile.instructions) {
    if (!is_copy(instruction)) continue;
    for (const Argument& source : sources_of(instruction)) {
      if (from_context(instruction, source)) judge_source(instruction, source, entries, dockerfile, judge);
    }
  }
}

}  // namespace

extern constinit const Rule dockerignore_secrets{
    .info = checked({
        .id = "dockerignore-secrets",
        .title = "secrets of the context are copied into the image",
        .severity = Severity::high,
        .practice = Practice::scan_secrets,
        .surfaces = "D",
        .fix = FixSafety::unsafe,
        .fix_summary = "list them in .dockerignore",
        .why =
            "Keys, password files and the Git history that lie in the directory come into the image with a COPY of "
            "that directory, and whoever can pull the image has them. A later rm does not take them out of the layer.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nCOPY .git /src/.git\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nCOPY src /src\n"},
        .references = "https://docs.docker.com/build/concepts/context/#dockerignore-files "
                      "https://docs.docker.com/build/building/secrets/",
    }),
    .checks = {.dockerfile = check},
};

}  // namespace oakum::rules
