#include "rules/kubernetes/secret_words.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"

namespace oakum::rules {

namespace {

constexpr std::string_view kWords[] = {"apikey",    "credential", "credentials", "pass", "passphrase",
                                       "passwd",    "password",   "privatekey",  "pwd",  "secret",
                                       "secretkey", "secrets",    "token"};
static_assert(std::ranges::is_sorted(kWords));
// Before "key": secret_access_key, private-key; a "primary key" is none.
constexpr std::string_view kBeforeKey[] = {"access", "api", "encryption", "private", "secret", "signing"};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter_or_digit(char c) { return is_upper(c) || is_lower(c) || (c >= '0' && c <= '9'); }

// Words of a name in lower case: cut at what is no letter or digit, and where camelCase starts one.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool starts = i > 0 && is_upper(name[i]) && is_lower(name[i - 1]);
    if (starts || !is_letter_or_digit(name[i])) words.emplace_back();
    if (is_letter_or_digit(name[i])) words.back() += to_lower(name.substr(i, 1));
  }
  std::erase(words, "");
  return words;
}

bool is_number(std::string_view value) { return value.find_first_not_of("0123456789.-") == std::string_view::npos; }

}  // namespace

bool is_secret_name(std::string_view name) {
  const std::vector<std::string> words = words_of(name.substr(0, 256));
  if (words.empty()) return false;
  if (std::ranges::binary_search(kWords, words.back())) return true;
  return words.size() > 1 && words.back() == "key" &&
         std::ranges::find(kBeforeKey, words[words.size() - 2]) != std::end(kBeforeKey);
}

bool is_plain_value(std::string_view value) {
  value = trim(value);
  if (value.size() > 1 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front()) {
    value = value.substr(1, value.size() - 2);
  }
  if (value.empty() || is_number(value) || value.front() == '/' || value.front() == '<' || value.front() == '$')
    return false;
  if (value.find('\n') != std::string_view::npos) return false;
  for (const std::string_view mark : {"${", "$(", "{{", "%("}) {
    if (value.find(mark) != std::string_view::npos) return false;
  }
  for (const std::string_view word : {"true", "false", "yes", "no", "null", "none"}) {
    if (equals_ignoring_case(value, word)) return false;
  }
  return true;
}

namespace {

std::string_view without_any(std::string_view text, std::string_view marks) {
  const std::size_t begin = text.find_first_not_of(marks);
  return begin == std::string_view::npos ? "" : text.substr(begin, text.find_last_not_of(marks) + 1 - begin);
}

}  // namespace

bool is_comment(std::string_view line) {
  line = trim(line);
  return line.empty() || line.front() == '#' || line.front() == ';' || line.front() == '/';
}

std::optional<std::pair<std::string_view, std::string_view>> setting_of(std::string_view line) {
  line = trim(line);
  if (is_comment(line)) return std::nullopt;
  if (line.starts_with("export ")) line = trim(line.substr(7));
  const std::size_t at = line.find_first_of("=:");
  if (at == std::string_view::npos || at == 0 || at > 128) return std::nullopt;
  const std::string_view key = without_any(line.substr(0, at), "{[- \t\"'");
  if (key.empty() || key.find(' ') != std::string_view::npos) return std::nullopt;
  std::string_view value = trim(line.substr(at + 1));
  if (const std::size_t end = value.size() > 1 && value.front() == '"' ? value.find('"', 1) : std::string_view::npos;
      end != std::string_view::npos)
    value = value.substr(0, end + 1);
  while (!value.empty() && (value.back() == ',' || value.back() == ';')) value.remove_suffix(1);
  return std::pair(key, value);
}

}  // namespace oakum::rules
