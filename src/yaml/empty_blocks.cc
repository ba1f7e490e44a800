#include "yaml/empty_blocks.h"

#include "base/text.h"

namespace oakum::yaml {

namespace {

// Spaces before the key or the list, and the dashes of lists around it, which indent as spaces do.
std::size_t indentation_at(std::string_view text, std::size_t holder) {
  const auto newline = holder == 0 ? std::string_view::npos : text.rfind('\n', holder - 1);
  const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
  std::size_t at = begin;
  // Up to the key: an anchor or a tag before it does not indent.
  while (at < holder && (text[at] == ' ' || (text[at] == '-' && text[at + 1] == ' '))) ++at;
  return at - begin;
}

}  // namespace

bool is_misread_block(std::string_view text, const Event& event, std::size_t holder) {
  if (trim(event.text).empty()) return false;
  std::string_view rest = text.substr(event.begin);
  next_line(rest);  // the header
  while (const auto line = next_line(rest)) {
    const std::size_t indentation = line->find_first_not_of(' ');
    if (indentation != std::string_view::npos) return indentation <= indentation_at(text, holder);
  }
  return false;
}

}  // namespace oakum::yaml
