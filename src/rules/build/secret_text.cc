#include "rules/build/secret_text.h"

#include "rules/build/secret_names.h"
#include "rules/kit/secrets.h"

namespace oakum::rules {

namespace {

bool in_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

}  // namespace

bool has_token(std::string_view text) { return !known_token(text).empty(); }

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
  if (!password && !has_token(user) && !(word.expands && user.front() == '$')) return {};
  std::string_view host = authority.substr(at + 1);
  constexpr std::string_view kGitKey = ".insteadOf";  // git config url."https://…@host".insteadOf
  if (host.ends_with(kGitKey)) host.remove_suffix(kGitKey.size());
  return host;
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
