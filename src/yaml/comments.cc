#include "yaml/comments.h"

#include <algorithm>
#include <string>

#include "base/text.h"

namespace oakum::yaml {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

bool starts_comment(std::string_view text, std::size_t at) {
  return at == 0 || is_blank(text[at - 1]) || text[at - 1] == '\n' || text[at - 1] == '\r';
}

bool on_own_line(std::string_view text, std::size_t at) {
  while (at > 0 && is_blank(text[at - 1])) --at;
  return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r' || text.substr(0, at) == "\xEF\xBB\xBF";
}

}  // namespace

std::vector<Comment> find_comments(std::string_view text,
                                   const std::vector<std::pair<std::size_t, std::size_t>>& opaque,
                                   const LineIndex& lines) {
  std::vector<Comment> result;
  auto skip = opaque.begin();
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const std::size_t first = at;
  while ((at = text.find('#', at)) != std::string_view::npos) {
    while (skip != opaque.end() && skip->second <= at) ++skip;
    if (skip != opaque.end() && skip->first <= at) {
      at = skip->second;
      continue;
    }
    if (at != first && !starts_comment(text, at)) {
      ++at;
      continue;
    }
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    result.push_back(
        {std::string(trim(text.substr(at + 1, end - at - 1))), lines.span(at, end), on_own_line(text, at)});
    at = end;
  }
  return result;
}

}  // namespace oakum::yaml
