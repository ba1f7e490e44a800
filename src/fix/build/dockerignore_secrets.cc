#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "fix/build/edit.h"
#include "fix/build/ignore_file.h"
#include "fix/build/place.h"
#include "model/ignore.h"

namespace oakum::fix::build {

namespace {

bool is_plain_pattern(std::string_view entry) {
  return entry.find_first_of("*?[]\\!#\n\r") == std::string_view::npos && !entry.starts_with(' ') &&
         !entry.ends_with(' ');
}

std::string tidy(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  while (path.ends_with('/')) path.remove_suffix(1);
  return path == "." || path == "/" ? std::string() : std::string(path);
}

// Does the source take that entry of the context?
bool takes(std::string_view source, std::string_view entry) {
  const std::string path = tidy(source);
  return path.empty() || matches_path_or_parent(path, entry);
}

const Argument* source_at(const Place& place, const Span& span) {
  const auto found = std::ranges::find_if(place.at->arguments, [&](const Argument& one) { return one.span == span; });
  return found == place.at->arguments.end() ? nullptr : &*found;
}

bool is_let_in(const Dockerfile& file, std::string_view entry) {
  return file.ignore && std::ranges::any_of(*file.ignore, [&](const IgnorePattern& pattern) {
           return pattern.negated && matches_path_or_parent(pattern.text, entry);
         });
}

Planned plan(const Place& place, const Finding& finding, const Context& context) {
  const Argument* source = source_at(place, finding.origin.span);
  if (source == nullptr) return refuse("no source of a COPY stands at this place");
  const Dockerfile& file = *place.file;
  std::vector<std::string> patterns;
  for (const std::string& entry : file.context_entries) {
    if (!takes(source->value, entry) || (file.ignore && is_ignored(*file.ignore, entry))) continue;
    if (is_copied_by_name(file, entry)) continue;
    if (is_let_in(file, entry))
      return refuse("a pattern with ! in .dockerignore lets \"" + entry + "\" in on purpose: take that out first");
    if (!is_plain_pattern(entry)) return refuse("\"" + entry + "\" is no plain pattern: write it by hand");
    patterns.push_back(entry);
  }
  if (patterns.empty())
    return refuse(
        "the Dockerfile copies it by its name: take it out there, or give it to the RUN that needs it with "
        "--mount=type=bind");
  auto edit = ignore(place, patterns, context);
  if (!edit) return std::unexpected(std::move(edit.error()));
  return answer({std::move(*edit)}, "images that were built with them hold them: replace what is secret");
}

}  // namespace

extern constinit const Remedy dockerignore_secrets{"dockerignore-secrets", at_place<plan>};

}  // namespace oakum::fix::build
