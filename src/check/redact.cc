#include "check/redact.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "rules/kit/secrets.h"

namespace oakum::check {

namespace {

constexpr std::array<bool, 256> kSeparators = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view(" \t\"'`=,;()[]{}|&<>")) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

bool separates(char c) { return kSeparators[static_cast<unsigned char>(c)]; }

class Redactor {
 public:
  Redactor(std::string_view text, TextKind kind) : text_(text), kind_(kind), shown_(text) {}

  std::string run() {
    const auto first = std::ranges::find_if_not(text_, separates);
    for (auto at = first; at != text_.end();) {
      const auto end = std::find_if(at, text_.end(), separates);
      word(static_cast<std::size_t>(at - text_.begin()), static_cast<std::size_t>(end - text_.begin()), at == first);
      at = std::find_if_not(end, text_.end(), separates);
    }
    return std::move(shown_);
  }

 private:
  void word(std::size_t begin, std::size_t end, bool first) {
    const std::string_view text = text_.substr(begin, end - begin);
    if (!rules::known_token(text).empty()) hide(begin, end);
    hide_password_of_address(begin, end);
    behind_env_ = behind_env_ || (first && text == "ENV" && kind_ == TextKind::source);
    const std::size_t colon = kind_ == TextKind::source ? text.find(':') : std::string_view::npos;
    if (end < text_.size() && text_[end] == '=') {
      value_of(text, end + 1);
    } else if (colon != std::string_view::npos && colon + 1 == text.size()) {
      value_of(text.substr(0, colon), text_.find_first_not_of(" \t", end));
    } else if (end + 1 < text_.size() && is_quote(text_[end]) && text_[end + 1] == ':' && kind_ == TextKind::source) {
      value_of(text, text_.find_first_not_of(" \t", end + 2));
    } else if (end < text_.size() && is_quote(text_[end])) {
      return;  // a message quotes the name alone: `ENV "DB_PASSWORD" ends up …`
    } else if (text.starts_with("--") || (behind_env_ && !first && text_.substr(0, begin).find('=') == text_.npos)) {
      value_of(text, text_.find_first_not_of(" \t", end));
      behind_env_ = behind_env_ && first;
    }
  }

  static bool is_quote(char c) { return c == '"' || c == '\''; }

  // The value that begins at `at`: as far as its quotes go, or the next blank.
  void value_of(std::string_view name, std::size_t at) {
    name.remove_prefix(std::min(name.find_first_not_of('-'), name.size()));
    if (at >= text_.size() || !rules::names_a_secret(name)) return;
    std::size_t end = 0;
    if (is_quote(text_[at])) {
      end = text_.find(text_[at], at + 1);
      ++at;
    } else {
      end = text_.find_first_of(" \t\"'`", at);
    }
    end = std::min(end, text_.size());
    if (rules::secret_in_variable(name, text_.substr(at, end - at))) hide(at, end);
  }

  // scheme://user:PASSWORD@host
  void hide_password_of_address(std::size_t begin, std::size_t end) {
    const std::string_view text = text_.substr(begin, end - begin);
    const std::size_t scheme = text.find("://");
    if (scheme == std::string_view::npos) return;
    const std::size_t host = text.substr(0, text.find('/', scheme + 3)).rfind('@');
    const std::size_t colon = text.find(':', scheme + 3);
    if (host == std::string_view::npos || colon >= host || text[colon + 1] == '$') return;
    hide(begin + colon + 1, begin + host);
  }

  void hide(std::size_t begin, std::size_t end) {
    std::fill(shown_.begin() + static_cast<std::ptrdiff_t>(begin), shown_.begin() + static_cast<std::ptrdiff_t>(end),
              '*');
  }

  std::string_view text_;
  TextKind kind_;
  std::string shown_;
  bool behind_env_ = false;
};

}  // namespace

std::string without_secrets(std::string_view text, TextKind kind) { return Redactor(text, kind).run(); }

}  // namespace oakum::check
