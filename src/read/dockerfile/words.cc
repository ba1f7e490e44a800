#include "read/dockerfile/words.h"

namespace oakum::dockerfile {

namespace {

// The end of the word at `at`, and whether a quote in it was left open.
struct WordEnd {
  std::size_t at = 0;
  bool open = false;
};

WordEnd end_of_word(std::string_view text, std::size_t at, std::size_t end, char escape) {
  char quote = 0;
  while (at < end && (quote != 0 || !is_blank(text[at]))) {
    const char byte = text[at];
    if (byte == escape && quote != '\'' && at + 1 < end) {
      ++at;
    } else if (quote == 0 && (byte == '"' || byte == '\'')) {
      quote = byte;
    } else if (byte == quote) {
      quote = 0;
    }
    ++at;
  }
  return {at, quote != 0};
}

constexpr std::size_t kUsual = 4;  // words

std::size_t skip_blanks(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end && is_blank(text[at])) ++at;
  return at;
}

}  // namespace

std::vector<Range> plain_words(std::string_view text, Range range) {
  std::vector<Range> words;
  words.reserve(kUsual);
  for (std::size_t at = skip_blanks(text, range.begin, range.end); at < range.end;) {
    const std::size_t begin = at;
    while (at < range.end && !is_blank(text[at])) ++at;
    words.push_back({begin, at});
    at = skip_blanks(text, at, range.end);
  }
  return words;
}

std::vector<Range> quoted_words(std::string_view text, Range range, char escape) {
  std::vector<Range> words;
  words.reserve(kUsual);
  for (std::size_t at = skip_blanks(text, range.begin, range.end); at < range.end;) {
    const std::size_t begin = at;
    at = end_of_word(text, at, range.end, escape).at;
    words.push_back({begin, at});
    at = skip_blanks(text, at, range.end);
  }
  return words;
}

std::optional<std::vector<Range>> shell_words(std::string_view text, Range range) {
  std::vector<Range> words;
  words.reserve(kUsual);
  for (std::size_t at = skip_blanks(text, range.begin, range.end); at < range.end;) {
    const std::size_t begin = at;
    const WordEnd end = end_of_word(text, at, range.end, '\\');
    if (end.open) return std::nullopt;
    at = end.at;
    words.push_back({begin, at});
    at = skip_blanks(text, at, range.end);
  }
  return words;
}

}  // namespace oakum::dockerfile
