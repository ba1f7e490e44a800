// Small, locale-free text helpers.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oakum {

// Without ASCII white space at both ends; borrows `text`.
std::string_view trim(std::string_view text);

// The parts between separators, empty ones included; borrows `text`.
std::vector<std::string_view> split(std::string_view text, char separator);

// Cuts the first line off `text` (without its "\n" or "\r\n"); nullopt when nothing is left.
std::optional<std::string_view> next_line(std::string_view& text);

// Cuts the part before `separator` off `text`; the whole rest when there is none.
std::string_view next_field(std::string_view& text, char separator);

std::string to_lower(std::string_view ascii);
bool equals_ignoring_case(std::string_view a, std::string_view b);

// All of `text` as a decimal number in T's range, no sign but '-' for signed T, no white space; else nullopt.
template <class T>
std::optional<T> parse_number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_valid_utf8(std::string_view text);

// Text from a hostile source made fit for a terminal or log: control characters, escape sequences and invalid UTF-8
// become U+FFFD or \xNN, and it is cut (with "…") at `limit` bytes.
std::string printable(std::string_view text, std::size_t limit = 4096);

// "1,234,567" / "1.2 GB"
std::string with_thousands(std::uint64_t number);
std::string human_bytes(std::uint64_t bytes);

// RFC 3986 section 2.1: every byte but letters, digits, "-._~" and those of `also_plain` becomes %XX.
std::string percent_encoded(std::string_view text, std::string_view also_plain = {});

// The candidate nearest to `word` (edit distance at most 1/3 of its length, ties by order), for "did you mean"; or "".
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace oakum
