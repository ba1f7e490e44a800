#include "read/kubernetes/quantity.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "base/text.h"

namespace oakum::kubernetes {

namespace {

struct Suffix {
  std::string_view name;
  double factor;
};
constexpr Suffix kSuffixes[] = {
    {"", 1},
    {"n", 1e-9},
    {"u", 1e-6},
    {"m", 1e-3},
    {"k", 1e3},
    {"M", 1e6},
    {"G", 1e9},
    {"T", 1e12},
    {"P", 1e15},
    {"E", 1e18},
    {"Ki", 1024.0},
    {"Mi", 1048576.0},
    {"Gi", 1073741824.0},
    {"Ti", 1099511627776.0},
    {"Pi", 1125899906842624.0},
    {"Ei", 1152921504606846976.0},
};

// "e3", "E-2": a decimal exponent, which stands in a suffix's place.
std::optional<double> exponent(std::string_view text) {
  if (text.size() < 2 || (text[0] != 'e' && text[0] != 'E')) return std::nullopt;
  text.remove_prefix(text[1] == '+' ? 2 : 1);
  const auto number = parse_number<int>(text);
  if (!number || *number > 300 || *number < -300) return std::nullopt;
  return std::pow(10.0, *number);
}

std::optional<double> factor_of(std::string_view suffix) {
  for (const Suffix& row : kSuffixes) {
    if (row.name == suffix) return row.factor;
  }
  return exponent(suffix);
}

}  // namespace

std::optional<double> parse_quantity(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const std::size_t size = text.find_first_not_of("0123456789.-");
  const std::string_view digits = text.substr(0, size);
  const auto factor = factor_of(size == std::string_view::npos ? std::string_view() : text.substr(size));
  double value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed);
  if (!factor || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value * *factor;
}

std::optional<std::int64_t> parse_whole_quantity(std::string_view text) {
  const auto value = parse_quantity(text);
  if (!value) return std::nullopt;
  constexpr double kLargest = 9223372036854774784.0;  // the last double below 2^63
  if (*value >= kLargest) return std::numeric_limits<std::int64_t>::max();
  if (*value <= -kLargest) return std::numeric_limits<std::int64_t>::min();
  // "0.1" is not exact in binary: what is a whole number but for that is not rounded up.
  const double nearest = std::round(*value);
  const bool whole = std::abs(*value - nearest) < 1e-9 * std::max(1.0, std::abs(nearest));
  return static_cast<std::int64_t>(whole ? nearest : std::ceil(*value));
}

}  // namespace oakum::kubernetes
