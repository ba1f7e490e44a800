#include "model/host_words.h"

#include <cstddef>

namespace oakum {

namespace {

bool is_host_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

// The word [begin, end) of the text.
bool may_be_host(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t kLongestUser = 256;  // looked through for the "@" behind it
  const std::string_view rest = text.substr(end, kLongestUser);
  if (rest.starts_with("://")) return false;
  if (begin > 0 && text[begin - 1] == '/' && !text.substr(0, begin).ends_with("//")) return false;
  const std::size_t stop = rest.find_first_of("@/?# \t\r\n\"'");
  return stop == std::string_view::npos || rest[stop] != '@';
}

}  // namespace

std::vector<std::string_view> host_words(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = at;
    while (end < text.size() && is_host_letter(text[end])) ++end;
    if (end > at && may_be_host(text, at, end)) words.push_back(text.substr(at, end - at));
    at = end > at ? end : at + 1;
  }
  return words;
}

}  // namespace oakum
