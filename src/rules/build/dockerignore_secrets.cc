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

// Does COPY of `source` take `entry`?
bool takes(std::string_view source, std::string_view entry) {
  const std::string path = context_path(source);
  return path.empty() || matches_path_or_parent(path, entry);
}

// Those of the context's sensitive entries that the source brings along; one it names is another rule's.
std::vector<std::string_view> taken(const Argument& source, const Dockerfile& dockerfile) {
  std::vector<std::string_view> entries;
  for (const std::string& entry : dockerfile.context_entries) {
    const bool kept_out = dockerfile.ignore && is_ignored(*dockerfile.ignore, entry);
    const bool is_named = is_secret_file(context_path(source.value));
    if (!kept_out && !is_named && takes(source.value, entry)) entries.push_back(entry);
  }
  return entries;
}

bool is_git(std::string_view entry) { return entry == ".git" || entry.ends_with("/.git"); }

std::string listed(const std::vector<std::string_view>& entries) {
  constexpr std::size_t kShown = 5;
  std::string text;
  for (std::size_t i = 0; i < entries.size() && i < kShown; ++i) text += (i > 0 ? ", " : "") + quoted(entries[i]);
  if (entries.size() > kShown) text += " and " + std::to_string(entries.size() - kShown) + " more";
  return text;
}

void check(const Instruction& instruction, const Dockerfile& dockerfile, Judge& judge) {
  if (!is_copy(instruction)) return;
  for (const Argument& source : sources_of(instruction)) {
    if (!from_context(instruction, source)) continue;
    std::vector<std::string_view> entries = taken(source, dockerfile);
    const std::string path = context_path(source.value);
    if (entries.empty() && is_git(path)) entries.push_back(path);
    if (entries.empty()) continue;
    Finding& finding = judge.found(dockerfile, instruction, source.span,
                                   join({"brings ", listed(entries), " of the context into the image"}));
    if (std::ranges::all_of(entries, is_git)) finding.severity = Severity::medium;
  }
}

}  // namespace

extern constinit const Rule dockerignore_secrets{
    .info = checked({
        .id = "dockerignore-secrets",
        .title = "secrets of the context are copied into the image",
        .severity = Severity::high,
        .practice = Practice::secret_delivery,
        .surfaces = "D",
        .fix = FixSafety::safe,
        .fix_summary = "list them in .dockerignore",
        .why =
            "Keys, password files and the Git history that lie in the directory come into the image with a COPY of "
            "that directory, and whoever can pull the image has them. A later rm does not take them out of the layer.",
        .bad = {Surface::dockerfile, "FROM alpine:3.20\nCOPY .git /src/.git\n"},
        .good = {Surface::dockerfile, "FROM alpine:3.20\nCOPY src /src\n"},
        .references = "https://docs.docker.com/build/concepts/context/#dockerignore-files "
                      "https://docs.docker.com/build/building/secrets/",
    }),
    .checks = {.instruction = check},
};

}  // namespace oakum::rules
