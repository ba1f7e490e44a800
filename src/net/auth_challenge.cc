#include "net/auth_challenge.h"

#include <algorithm>

#include "base/text.h"

namespace oakum::net {

namespace {

constexpr std::size_t kMaxChallenges = 16;
constexpr std::size_t kMaxParameters = 32;

bool is_token_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

void skip(std::string_view& text, std::string_view any_of) {
  text.remove_prefix(std::min(text.size(), text.find_first_not_of(any_of)));
}

std::string_view take_token(std::string_view& text) {
  std::size_t n = 0;
  while (n < text.size() && is_token_char(text[n])) ++n;
  const auto token = text.substr(0, n);
  text.remove_prefix(n);
  return token;
}

std::string take_quoted(std::string_view& text) {
  std::string value;
  text.remove_prefix(1);
  while (!text.empty() && text.front() != '"') {
    if (text.front() == '\\' && text.size() > 1) text.remove_prefix(1);
    value += text.front();
    text.remove_prefix(1);
  }
  if (!text.empty()) text.remove_prefix(1);
  return value;
}

}  // namespace

std::string AuthChallenge::parameter(std::string_view name) const {
  const auto found = parameters.find(std::string(name));
  return found == parameters.end() ? std::string() : found->second;
}

std::vector<AuthChallenge> parse_auth_challenges(std::string_view header) {
  std::vector<AuthChallenge> challenges;
  for (;;) {
    skip(header, " \t,");
    const auto token = take_token(header);
    if (token.empty()) return challenges;
    std::string_view ahead = header;
    skip(ahead, " \t");
    if (!ahead.starts_with('=')) {  // no parameter, so a scheme
      if (challenges.size() == kMaxChallenges) return challenges;
      challenges.push_back({to_lower(token), {}});
      continue;
    }
    ahead.remove_prefix(1);
    skip(ahead, " \t");
    const std::string value = ahead.starts_with('"') ? take_quoted(ahead) : std::string(take_token(ahead));
    header = ahead;
    if (challenges.empty() || challenges.back().parameters.size() == kMaxParameters) continue;
    challenges.back().parameters.emplace(to_lower(token), value);
  }
}

}  // namespace oakum::net
