#include "fix/build/ignore_file.h"

#include <algorithm>
#include <utility>

#include "fix/kit/text.h"
#include "model/ignore.h"

namespace oakum::fix::build {

namespace {

// "./a//b/" → "a/b"
std::string tidy(std::string_view path) {
  std::string result;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    if (part.empty() || part == ".") continue;
    if (!result.empty()) result += '/';
    result += part;
  }
  return result;
}

bool from_context(const Instruction& copy) {
  return (copy.kind == InstructionKind::copy || copy.kind == InstructionKind::add) && copy.flag("from") == nullptr;
}

}  // namespace

bool is_copied_by_name(const Dockerfile& file, std::string_view path) {
  return std::ranges::any_of(file.instructions, [&](const Instruction& copy) {
    if (!from_context(copy)) return false;
    for (std::size_t i = 0; i + 1 < copy.arguments.size(); ++i) {
      const std::string source = tidy(copy.arguments[i].value);
      if (!source.empty() && (matches_path_or_parent(path, source) || source == path)) return true;
    }
    return false;
  });
}

std::expected<Edit, Refusal> ignore(const Place& place, const std::vector<std::string>& patterns,
                                    const Context& context) {
  const Dockerfile& file = *place.file;
  if (file.context.empty()) return refuse("the build context is not known: write .dockerignore in its directory");
  if (!file.ignore) {
    std::string path = file.context + "/.dockerignore";
    while (path.starts_with("./")) path.erase(0, 2);
    std::string text;
    for (const std::string& pattern : patterns) text += pattern + "\n";
    return new_file(std::move(path), std::move(text));
  }
  const Source* source = file.ignore_source ? context.subjects.source(*file.ignore_source) : nullptr;
  if (source == nullptr) return refuse("its .dockerignore is not here to edit");
  const std::string_view text = source->text;
  const std::string_view end = line_end_of(text);
  std::string added = text.empty() || text.ends_with('\n') ? "" : std::string(end);
  for (const std::string& pattern : patterns) added += pattern + std::string(end);
  if (!text.empty() && !text.ends_with('\n')) added.resize(added.size() - end.size());
  return insert(*source, text.size(), std::move(added));
}

}  // namespace oakum::fix::build
