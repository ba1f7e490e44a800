#include "read/dockerfile/heredocs.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "base/text.h"
#include "read/dockerfile/expand.h"

namespace oakum::dockerfile {

std::optional<Heredoc> heredoc_of(std::string_view word) {
  std::size_t at = 0;
  while (at < word.size() && word[at] >= '0' && word[at] <= '9') ++at;
  const std::string_view digits = word.substr(0, at);
  if (!word.substr(at).starts_with("<<")) return std::nullopt;
  at += 2;
  Heredoc heredoc;
  heredoc.chomp = at < word.size() && word[at] == '-';
  if (heredoc.chomp) ++at;
  const std::string_view rest = word.substr(at);
  if (rest.empty() || rest.contains('<')) return std::nullopt;
  std::size_t budget = 0;
  Expanded name = expand(rest, Scope(), '\\', budget);
  if (!name.problem.empty() || name.value.empty()) return std::nullopt;
  heredoc.name = std::move(name.value);
  heredoc.expand = !name.quoted;
  heredoc.fd = digits.empty() ? 0 : parse_number<int>(digits).value_or(-1);
  return heredoc.fd < 0 ? std::nullopt : std::optional(std::move(heredoc));
}

HeredocBody heredoc_body(std::string_view file, Lines& lines, const Heredoc& heredoc) {
  HeredocBody found;
  found.body.begin = std::min(lines.position(), file.size());
  Range line;
  while (lines.next(line)) {
    Range word = line;
    while (heredoc.chomp && !word.empty() && file[word.begin] == '\t') ++word.begin;
    if (word.of(file) == heredoc.name) {
      found.body.end = line.begin;
      found.end = line.end;
      found.terminated = true;
      return found;
    }
  }
  found.body.end = found.end = file.size();
  return found;
}

std::string without_tabs(std::string_view content) {
  std::string out;
  out.reserve(content.size());
  bool start = true;
  for (const char byte : content) {
    if (start && byte == '\t') continue;
    out += byte;
    start = byte == '\n';
  }
  return out;
}

}  // namespace oakum::dockerfile
