#include "base/duration.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <string>

#include "base/text.h"

namespace oakum {

namespace {

struct Unit {
  std::string_view name;
  double nanoseconds;
};
constexpr std::array<Unit, 8> kUnits{
    {{"ns", 1}, {"us", 1e3}, {"µs", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}, {"d", 86400e9}}};
constexpr double kLongest = 9e18;

std::optional<double> factor(std::string_view unit) {
  for (const Unit& known : kUnits) {
    if (known.name == unit) return known.nanoseconds;
  }
  return std::nullopt;
}

bool is_digit(char c) { return (c >= '0' && c <= '9') || c == '.'; }

}  // namespace

std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text) {
  text = trim(text);
  if (text.empty()) return std::nullopt;
  if (const auto plain = parse_number<std::int64_t>(text)) return std::chrono::nanoseconds(*plain);
  double sum = 0;
  while (!text.empty()) {
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits])) ++digits;
    std::size_t end = digits;
    while (end < text.size() && !is_digit(text[end])) ++end;
    double number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + digits, number);
    const auto unit = factor(text.substr(digits, end - digits));
    if (error != std::errc() || stop != text.data() + digits || !unit) return std::nullopt;
    sum += number * *unit;
    if (!(sum < kLongest)) return std::nullopt;
    text.remove_prefix(end);
  }
  return std::chrono::nanoseconds(static_cast<std::int64_t>(sum));
}

}  // namespace oakum
