#include "model/ignore.h"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace oakum {

namespace {

// A pattern as a chain of states; a set of them is alive after each byte of the path (Thompson's simulation).
struct Token {
  enum class Kind : std::uint8_t {
    literal,
    one,        // ?
    some,       // *
    anything,   // ** that is not followed by '/'
    dirs,       // the start of "**/": may be left without taking anything
    dirs_body,  // inside of it: left behind a '/'
    set,        // [a-z]
  };
  Kind kind = Kind::literal;
  char byte = 0;
  std::string_view set;  // between the brackets
};

std::string_view stripped(std::string_view path) {
  while (path.starts_with("./")) path.remove_prefix(2);
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  return path;
}

bool is_below(std::string_view directory, std::string_view path) {
  return path.starts_with(directory) && (path.size() == directory.size() || path[directory.size()] == '/');
}

bool in_set(std::string_view set, char byte) {
  const bool negated = set.starts_with('^');
  if (negated) set.remove_prefix(1);
  bool found = false;
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (set[i] == '\\' && i + 1 < set.size()) ++i;
    const char low = set[i];
    char high = low;
    if (i + 2 < set.size() && set[i + 1] == '-') {
      high = set[i + 2];
      i += 2;
    }
    found = found || (byte >= low && byte <= high);
  }
  return found != negated;
}

void add_stars(std::string_view& rest, std::vector<Token>& tokens) {
  if (!rest.starts_with("**")) {
    rest.remove_prefix(1);
    tokens.push_back({.kind = Token::Kind::some});
    return;
  }
  while (rest.starts_with('*')) rest.remove_prefix(1);
  if (!rest.starts_with('/')) {
    tokens.push_back({.kind = Token::Kind::anything});
    return;
  }
  rest.remove_prefix(1);
  tokens.push_back({.kind = Token::Kind::dirs});
  tokens.push_back({.kind = Token::Kind::dirs_body});
}

std::vector<Token> tokens_of(std::string_view rest) {
  std::vector<Token> tokens;
  while (!rest.empty()) {
    const char byte = rest.front();
    const std::size_t close = byte == '[' ? rest.find(']', 2) : std::string_view::npos;
    if (byte == '*') {
      add_stars(rest, tokens);
    } else if (close != std::string_view::npos) {
      tokens.push_back({.kind = Token::Kind::set, .set = rest.substr(1, close - 1)});
      rest.remove_prefix(close + 1);
    } else {
      const bool escaped = byte == '\\' && rest.size() > 1;
      tokens.push_back(byte == '?' ? Token{.kind = Token::Kind::one} : Token{.byte = escaped ? rest[1] : byte});
      rest.remove_prefix(escaped ? 2 : 1);
    }
  }
  return tokens;
}

// Switches a state on, with those that are reached from it without taking a byte.
void enter(const std::vector<Token>& tokens, std::size_t state, std::vector<bool>& alive) {
  while (true) {
    alive[state] = true;
    if (state == tokens.size()) return;
    const Token::Kind kind = tokens[state].kind;
    if (kind == Token::Kind::some || kind == Token::Kind::anything) {
      ++state;
    } else if (kind == Token::Kind::dirs) {
      state += 2;
    } else {
      return;
    }
  }
}

void step(const std::vector<Token>& tokens, std::size_t state, char byte, std::vector<bool>& next) {
  const Token& token = tokens[state];
  switch (token.kind) {
    case Token::Kind::literal:
      if (byte == token.byte) enter(tokens, state + 1, next);
      return;
    case Token::Kind::one:
      if (byte != '/') enter(tokens, state + 1, next);
      return;
    case Token::Kind::some:
      if (byte != '/') enter(tokens, state, next);
      return;
    case Token::Kind::anything:
      enter(tokens, state, next);
      return;
    case Token::Kind::dirs:
    case Token::Kind::dirs_body: {
      const std::size_t body = token.kind == Token::Kind::dirs ? state + 1 : state;
      next[body] = true;
      if (byte == '/') enter(tokens, body + 1, next);
      return;
    }
    case Token::Kind::set:
      if (byte != '/' && in_set(token.set, byte)) enter(tokens, state + 1, next);
      return;
  }
}

}  // namespace

bool matches_path_or_parent(std::string_view pattern, std::string_view path) {
  pattern = stripped(pattern);
  path = stripped(path);
  if (pattern.find_first_of("*?[\\") == std::string_view::npos) return !pattern.empty() && is_below(pattern, path);
  const std::vector<Token> tokens = tokens_of(pattern);
  if (tokens.empty() || path.empty()) return false;
  std::vector<bool> alive(tokens.size() + 1);
  enter(tokens, 0, alive);
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (path[at] == '/' && alive[tokens.size()]) return true;
    std::vector<bool> next(tokens.size() + 1);
    for (std::size_t state = 0; state < tokens.size(); ++state) {
      if (alive[state]) step(tokens, state, path[at], next);
    }
    alive = std::move(next);
  }
  return alive[tokens.size()];
}

bool is_ignored(const std::vector<IgnorePattern>& patterns, std::string_view path) {
  bool ignored = false;
  for (const IgnorePattern& pattern : patterns) {
    if (pattern.negated == ignored && matches_path_or_parent(pattern.text, path)) ignored = !pattern.negated;
  }
  return ignored;
}

}  // namespace oakum
