// Building blocks of the order-preserving keys. docs/versions.md describes the encoding of each scheme.
//
// Every element is self-delimiting (no element is a prefix of another one that may stand in its place), so that the
// order of two keys is decided inside the first element that differs, exactly where the scheme decides it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "versions/version.h"

namespace oakum::versions {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_alpha(char c) { return is_lower(c) || is_upper(c); }
constexpr bool is_alnum(char c) { return is_digit(c) || is_alpha(c); }
constexpr char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

inline bool all_digits(std::string_view text) {
  for (const char c : text)
    if (!is_digit(c)) return false;
  return !text.empty();
}

inline std::string_view without_leading_zeros(std::string_view digits) {
  while (!digits.empty() && digits.front() == '0') digits.remove_prefix(1);
  return digits;
}

// Cuts the longest prefix whose bytes satisfy `wanted` off `text`.
template <class Predicate>
std::string_view take_while(std::string_view& text, Predicate wanted) {
  std::size_t n = 0;
  while (n < text.size() && wanted(text[n])) ++n;
  const std::string_view taken = text.substr(0, n);
  text.remove_prefix(n);
  return taken;
}

inline std::string_view take_digits(std::string_view& text) { return take_while(text, is_digit); }

inline bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

inline bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

class KeyBuilder {
 public:
  KeyBuilder() { key_.reserve(48); }

  void byte(unsigned value) { key_.push_back(static_cast<char>(value)); }

  void u16(std::size_t value) {
    byte(static_cast<unsigned>(value >> 8U) & 0xFFU);
    byte(static_cast<unsigned>(value) & 0xFFU);
  }

  // A decimal number of any length: how many digits it has without leading zeros, then those. The first byte is at
  // least `bias` and at most 0xFE, so smaller bytes are free for what sorts before every number, 0xFF for what sorts
  // after. Zero has no digits.
  void number(std::string_view digits, unsigned bias = 0) {
    digits = without_leading_zeros(digits);
    const std::size_t room = 0xFEU - bias;
    if (digits.size() < room) {
      byte(bias + static_cast<unsigned>(digits.size()));
    } else {
      byte(0xFE);
      u16(digits.size());
    }
    key_.append(digits);
  }

  // Text free of NUL, compared as bytes; the shorter of two sorts first.
  void text(std::string_view value) {
    key_.append(value);
    byte(0);
  }

  std::string& bytes() { return key_; }
  std::string take() && { return std::move(key_); }

 private:
  std::string key_;
};

// invalid: the version is quoted, as far as it is fit to print.
std::unexpected<Error> refuse(VersionScheme scheme, std::string_view text, std::string why);
std::unexpected<Error> refuse_constraint(VersionScheme scheme, std::string_view text, std::string why);

}  // namespace oakum::versions
