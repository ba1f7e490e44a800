#include "rules/build/text_formats.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace oakum::rules {

namespace {

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'); }
bool are_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }
bool is_printable(char byte) { return byte > ' ' && byte < 0x7f; }

// `pattern` with '0' for any digit.
bool looks_like(std::string_view text, std::string_view pattern) {
  const auto fits = [](char byte, char wanted) { return wanted == '0' ? is_digit(byte) : byte == wanted; };
  return std::ranges::equal(text, pattern, fits);
}

int number(std::string_view text) { return parse_number<int>(text).value_or(-1); }

bool is_date(std::string_view text) {
  constexpr std::array<int, 13> kDays{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (!looks_like(text, "0000-00-00")) return false;
  const int year = number(text.substr(0, 4));
  const int month = number(text.substr(5, 2));
  const int day = number(text.substr(8, 2));
  if (month < 1 || month > 12 || day < 1 || day > kDays[static_cast<std::size_t>(month)]) return false;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month != 2 || day < 29 || leap;
}

bool is_clock(std::string_view text) {
  return looks_like(text, "00:00:00") && number(text.substr(0, 2)) < 24 && number(text.substr(3, 2)) < 60 &&
         number(text.substr(6, 2)) <= 60;
}

bool is_zone(std::string_view text) {
  if (text == "Z" || text == "z") return true;
  const bool shaped = looks_like(text, "+00:00") || looks_like(text, "-00:00");
  return shaped && number(text.substr(1, 2)) < 24 && number(text.substr(4, 2)) < 60;
}

bool is_identifier(std::string_view part) {
  return !part.empty() &&
         std::ranges::all_of(part, [](char byte) { return is_digit(byte) || is_letter(byte) || byte == '-'; });
}

bool has_leading_zero(std::string_view part) { return part.size() > 1 && part.front() == '0' && are_digits(part); }

bool are_identifiers(std::string_view text, bool zeros_allowed) {
  return std::ranges::all_of(split(text, '.'), [&](std::string_view part) {
    return is_identifier(part) && (zeros_allowed || !has_leading_zero(part));
  });
}

}  // namespace

bool is_web_url(std::string_view text) {
  const auto colon = text.find("://");
  if (colon == std::string_view::npos || colon == 0 || !is_letter(text.front())) return false;
  const auto in_scheme = [](char byte) {
    return is_letter(byte) || is_digit(byte) || byte == '+' || byte == '-' || byte == '.';
  };
  const std::string_view rest = text.substr(colon + 3);
  const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
  const bool plain =
      std::ranges::all_of(rest, is_printable) && rest.find_first_of("<>\"{}|\\^`") == std::string_view::npos;
  return std::ranges::all_of(text.substr(0, colon), in_scheme) && !host.empty() && plain;
}

bool is_rfc3339(std::string_view text) {
  if (text.size() < 20 || !is_date(text.substr(0, 10)) || (text[10] != 'T' && text[10] != 't')) return false;
  if (!is_clock(text.substr(11, 8))) return false;
  text.remove_prefix(19);
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    const auto digits = static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
    if (digits == 0) return false;
    text.remove_prefix(digits);
  }
  return is_zone(text);
}

bool is_semver(std::string_view text) {
  if (const auto plus = text.find('+'); plus != std::string_view::npos) {
    if (!are_identifiers(text.substr(plus + 1), true)) return false;
    text = text.substr(0, plus);
  }
  if (const auto dash = text.find('-'); dash != std::string_view::npos) {
    if (!are_identifiers(text.substr(dash + 1), false)) return false;
    text = text.substr(0, dash);
  }
  const auto parts = split(text, '.');
  return parts.size() == 3 &&
         std::ranges::all_of(parts, [](std::string_view part) { return are_digits(part) && !has_leading_zero(part); });
}

bool is_git_hash(std::string_view text) {
  const auto is_hex = [](char byte) { return is_digit(byte) || (byte >= 'a' && byte <= 'f'); };
  return (text.size() == 7 || text.size() == 40) && std::ranges::all_of(text, is_hex);
}

bool is_email(std::string_view text) {
  const auto at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || !std::ranges::all_of(text, is_printable)) return false;
  if (text.substr(0, at).find_first_of("@<>(),;:\\\"[]") != std::string_view::npos) return false;
  const auto parts = split(text.substr(at + 1), '.');
  return parts.size() > 1 && std::ranges::all_of(parts, is_identifier);
}

}  // namespace oakum::rules
