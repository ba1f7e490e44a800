#include "read/dockerfile/pattern.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

namespace oakum::dockerfile {

namespace {

struct Token {
  char byte = 0;
  bool any = false;  // '*'
  bool one = false;  // '?'
};

std::vector<Token> tokens_of(std::string_view pattern) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char byte = pattern[at];
    if (byte == '\\' && at + 1 < pattern.size()) {
      tokens.push_back({.byte = pattern[++at]});
    } else if (byte != '*' || tokens.empty() || !tokens.back().any) {
      tokens.push_back({.byte = byte, .any = byte == '*', .one = byte == '?'});
    }
  }
  return tokens;
}

void enter(const std::vector<Token>& tokens, std::size_t state, std::vector<char>& alive) {
  alive[state] = 1;
  while (state < tokens.size() && tokens[state].any) alive[++state] = 1;
}

// How many bytes of `value` from its start the pattern takes: the fewest or the most. O(value * pattern).
std::optional<std::size_t> taken(std::string_view value, const std::vector<Token>& tokens, bool longest) {
  std::vector<char> alive(tokens.size() + 1);
  std::vector<char> next(tokens.size() + 1);
  enter(tokens, 0, alive);
  std::optional<std::size_t> found;
  for (std::size_t at = 0;; ++at) {
    if (alive.back() != 0) {
      found = at;
      if (!longest) break;
    }
    if (at == value.size()) break;
    std::ranges::fill(next, 0);
    for (std::size_t state = 0; state < tokens.size(); ++state) {
      if (alive[state] == 0) continue;
      const Token& token = tokens[state];
      if (token.any) enter(tokens, state, next);
      if (!token.any && (token.one || token.byte == value[at])) enter(tokens, state + 1, next);
    }
    alive.swap(next);
  }
  return found;
}

}  // namespace

std::string without_prefix(std::string_view value, std::string_view pattern, bool longest) {
  return std::string(value.substr(taken(value, tokens_of(pattern), longest).value_or(0)));
}

std::string without_suffix(std::string_view value, std::string_view pattern, bool longest) {
  const std::string reversed(value.rbegin(), value.rend());
  std::vector<Token> tokens = tokens_of(pattern);
  std::ranges::reverse(tokens);
  return std::string(value.substr(0, value.size() - taken(reversed, tokens, longest).value_or(0)));
}

std::string with_replaced(std::string_view value, std::string_view pattern, std::string_view by, bool all) {
  const std::vector<Token> tokens = tokens_of(pattern);
  std::string out;
  std::size_t at = 0;
  while (at < value.size()) {
    const std::size_t length = taken(value.substr(at), tokens, true).value_or(0);
    if (length == 0) {
      out += value[at++];
      continue;
    }
    out += by;
    at += length;
    if (!all) break;
  }
  return out += value.substr(at);
}

}  // namespace oakum::dockerfile
