#include "fix/kit/text.h"
#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

// What Compose makes of the directory's name: lower case, and of other characters only '-' and '_'.
std::string name_of(std::string_view directory) {
  std::string name;
  for (char c : directory) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool first = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (first || (!name.empty() && (c == '-' || c == '_'))) name += c;
  }
  return name;
}

// The directory that the file is in, where its path says so.
std::string_view directory_of(std::string_view path) {
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  path = path.substr(0, slash);
  const auto before = path.rfind('/');
  return before == std::string_view::npos ? path : path.substr(before + 1);
}

// Before the first line that is neither empty nor a comment.
std::size_t first_statement(std::string_view text) {
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (at < text.size()) {
    const std::string_view line = text.substr(at, line_end(text, at) - at);
    const auto begin = line.find_first_not_of(" \t\r\n");
    const bool skipped = begin == std::string_view::npos || line[begin] == '#' || line.starts_with("---");
    if (!skipped || line.starts_with("--- ")) break;
    at += line.size();
  }
  return at;
}

Planned plan(const Finding& finding, const Context& context) {
  const Source* source = context.subjects.source(finding.origin.source);
  if (source == nullptr) return refuse("its text is not at hand");
  const std::string name = name_of(directory_of(source->name));
  if (name.empty() || name == "." || name == "..")
    return refuse("which directory it is called after is not known: write `name:` with what `docker compose ls` shows");
  const std::size_t at = first_statement(source->text);
  if (at >= source->text.size() || source->text[at] == '{' || source->text.substr(at, 3) == "---")
    return refuse("the file is written in a way that takes no line more: add `name:` by hand");
  Answer result;
  result.edits = {insert(*source, at, "name: " + name + std::string(line_end_of(source->text)))};
  return result;
}

}  // namespace

extern constinit const Remedy project_name{"project-name", plan};

}  // namespace oakum::fix::workload
