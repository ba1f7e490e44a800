#include "yaml/empty_items.h"

#include <algorithm>

#include "base/text.h"

namespace oakum::yaml {

namespace {

// Nothing, or a comment, is left of `line` behind its dashes.
std::optional<std::size_t> behind_last_dash(std::string_view line) {
  std::optional<std::size_t> result;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool parted = i + 1 == line.size() || line[i + 1] == ' ' || line[i + 1] == '\t' || line[i + 1] == '\r';
    if (line[i] == '-' && parted) {
      result = i + 1;
    } else if (line[i] == '#' && i > 0) {
      return result;
    } else if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
      return std::nullopt;
    }
  }
  return result;
}

}  // namespace

std::optional<std::size_t> find_empty_item(std::string_view text, const Error& error) {
  if (error.why != "did not find expected node content") return std::nullopt;
  const auto wanted = parse_number<std::size_t>(std::string_view(error.what).substr(0, error.what.find(':')));
  if (!wanted) return std::nullopt;
  std::optional<std::size_t> found;
  std::size_t begin = 0;
  for (std::size_t line = 1; line < *wanted && begin < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view content = text.substr(begin, end - begin);
    const std::string_view trimmed = trim(content);
    if (const auto dash = behind_last_dash(content)) {
      found = begin + *dash;
    } else if (!trimmed.empty() && !trimmed.starts_with('#') && trimmed != "---") {
      found.reset();
    }
    begin = end + 1;
  }
  return found;
}

}  // namespace oakum::yaml
