#include "fix/write/run_words.h"

#include <algorithm>

namespace oakum::fix {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// A backslash that a line end follows; PowerShell's ` and the ^ of cmd where they stand alone.
bool continues(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  const bool other = (text[at] == '`' || text[at] == '^') && at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t');
  if (text[at] != '\\' && !other) return false;
  return at + 1 < text.size() && (text[at + 1] == '\n' || text.substr(at + 1, 2) == "\r\n");
}

std::size_t word_begin(std::string_view text, std::size_t end) {
  while (end > 0 && !is_blank(text[end - 1])) --end;
  return end;
}

}  // namespace

bool is_gap(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_blank(text[i]) && !continues(text, i)) return false;
  }
  return !text.empty();
}

Bytes gap_before(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && (is_blank(text[begin - 1]) || continues(text, begin - 1))) --begin;
  return {begin, at};
}

Bytes gap_after(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && (is_blank(text[end]) || continues(text, end))) ++end;
  return {at, end};
}

Bytes flag_at(std::string_view text, const Span& place) {
  if (place.end > text.size() || place.begin >= place.end) return {};
  Bytes flag{place.begin, place.end};
  if (text[flag.begin] == '-') return flag;
  // The value of a flag: the word before it is the flag.
  const Bytes gap = gap_before(text, flag.begin);
  flag.begin = word_begin(text, gap.begin);
  return gap.begin < gap.end && flag.begin < gap.begin && text[flag.begin] == '-' ? flag : Bytes{};
}

bool is_plain_word(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("+,-./:=@_").find(c) != std::string_view::npos;
  });
}

}  // namespace oakum::fix
