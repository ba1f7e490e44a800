// Which strings need quotes: YAML 1.2.2 section 7.3, and what YAML 1.1 parsers (Compose's, kubectl's) read as something
// else than a string: https://yaml.org/type/.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "fix/kit/yaml_edit_value.h"

namespace oakum::fix {

namespace {

constexpr std::array<std::string_view, 12> kWords{"",   "~",  "null", "true", "false", "yes",
                                                  "no", "on", "off",  "y",    "n",     "<<"};
constexpr std::string_view kIndicators = ",[]{}#&*!|>'\"%@`";
// Line breaks of YAML 1.1, and the byte order mark.
constexpr std::array<std::string_view, 4> kBreaks{"\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF"};
constexpr std::array<std::string_view, 4> kBreakEscapes{"\\u0085", "\\u2028", "\\u2029", "\\uFEFF"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

// Numbers in all their forms, times and dates. Rather one quoted too much.
bool looks_like_number(std::string_view text) {
  if (text.empty()) return false;
  const std::string lower = to_lower(text);
  const std::string_view bare = text.find_first_of("+-") == 0 ? std::string_view(lower).substr(1) : lower;
  if (bare == ".inf" || bare == ".nan") return true;
  const bool starts = !bare.empty() && (is_digit(bare[0]) || (bare.size() > 1 && bare[0] == '.' && is_digit(bare[1])));
  // "1.2.3", "127.0.0.1:80"
  if (std::ranges::count(bare, '.') > 1) return false;
  return starts && lower.find_first_not_of("0123456789_.:abcdefoxtz+- ") == std::string::npos;
}

bool has_break(std::string_view text) {
  return std::ranges::any_of(text, is_control) ||
         std::ranges::any_of(kBreaks, [&](std::string_view one) { return text.find(one) != std::string_view::npos; });
}

std::string double_quoted(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string result = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto found =
        std::ranges::find_if(kBreaks, [&](std::string_view one) { return text.substr(i).starts_with(one); });
    if (found != kBreaks.end()) {
      result += kBreakEscapes[static_cast<std::size_t>(found - kBreaks.begin())];
      i += found->size() - 1;
    } else if (c == '"' || c == '\\') {
      result += {'\\', c};
    } else if (c == '\n') {
      result += "\\n";
    } else if (c == '\t') {
      result += "\\t";
    } else if (is_control(c)) {
      const auto byte = static_cast<unsigned char>(c);
      result += "\\u00";
      result += {kHex[byte >> 4U], kHex[byte & 0xFU]};
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string single_quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("''") : std::string(1, c);
  return result + "'";
}

}  // namespace

bool is_special_word(std::string_view text) {
  return std::ranges::any_of(kWords, [&](std::string_view word) { return equals_ignoring_case(text, word); }) ||
         looks_like_number(text);
}

bool needs_quotes(std::string_view text, bool in_flow) {
  if (is_special_word(text) || has_break(text)) return true;
  if (text.front() == ' ' || text.back() == ' ' || text.back() == ':') return true;
  if (kIndicators.find(text.front()) != std::string_view::npos) return true;
  if (text.starts_with("---") || text.starts_with("...") || text == "=") return true;
  const bool dash = text.front() == '-' || text.front() == '?' || text.front() == ':';
  if (dash && (in_flow || text.size() == 1 || text[1] == ' ')) return true;
  if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) return true;
  return in_flow && text.find_first_of(",[]{}") != std::string_view::npos;
}

std::string quoted_scalar(std::string_view text, yaml::Node::Style like, bool in_flow) {
  if (like == yaml::Node::Style::double_quoted || has_break(text)) return double_quoted(text);
  if (like == yaml::Node::Style::single_quoted) return single_quoted(text);
  if (!needs_quotes(text, in_flow)) return std::string(text);
  return text.find_first_of("\"\\") == std::string_view::npos ? double_quoted(text) : single_quoted(text);
}

}  // namespace oakum::fix
