#include "rules/build/secret_text.h"

#include <algorithm>

#include "rules/build/secret_names.h"

namespace oakum::rules {

namespace {

bool in_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

// What a service's tokens begin with, and at least how many letters and digits (and `also`) follow.
struct TokenForm {
  std::string_view start;
  std::size_t length;
  std::string_view also;
};
constexpr TokenForm kTokens[] = {
    {"dckr_pat_", 20, "_-"}, {"ghp_", 36, ""}, {"gho_", 36, ""},     {"ghs_", 36, ""},   {"github_pat_", 40, "_"},
    {"glpat-", 20, "_-"},    {"npm_", 36, ""}, {"sk_live_", 24, ""}, {"xoxb-", 20, "-"}, {"xoxp-", 20, "-"},
};

bool holds(std::string_view text, const TokenForm& form) {
  const std::size_t at = text.find(form.start);
  if (at == std::string_view::npos || (at > 0 && in_name(text[at - 1]))) return false;
  std::size_t length = 0;
  for (const char c : text.substr(at + form.start.size())) {
    const bool fits = (in_name(c) && c != '_') || form.also.find(c) != std::string_view::npos;
    if (!fits || length >= form.length) break;
    ++length;
  }
  return length >= form.length;
}

}  // namespace

bool has_token(std::string_view text) {
  if (std::ranges::any_of(kTokens, [&](const TokenForm& form) { return holds(text, form); })) return true;
  return text.find("-----BEGIN ") != std::string_view::npos && text.find("PRIVATE KEY-----") != std::string_view::npos;
}

std::string_view host_with_password(const shell::Word& word) {
  const std::string_view text = word.text;
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view authority = text.substr(scheme + 3);
  authority = authority.substr(0, authority.find_first_of("/ \n"));
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos || at == 0) return {};
  const std::string_view user = authority.substr(0, at);
  const std::size_t colon = user.find(':');
  const bool password = colon != std::string_view::npos && colon + 1 < user.size();
  return password || has_token(user) || (word.expands && user.front() == '$') ? authority.substr(at + 1)
                                                                              : std::string_view();
}

std::string_view secret_variable(const shell::Word& word) {
  if (!word.expands) return {};
  const std::string_view text = word.text;
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    std::size_t begin = at + 1;
    if (begin < text.size() && text[begin] == '{') ++begin;
    std::size_t end = begin;
    while (end < text.size() && in_name(text[end])) ++end;
    const std::string_view name = text.substr(begin, end - begin);
    if (!name.empty() && is_secret_for_buildkit(name)) return name;
  }
  return {};
}

}  // namespace oakum::rules
