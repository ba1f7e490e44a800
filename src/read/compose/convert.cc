// Scalars as Compose converts them: its schema takes a string wherever it takes a number or boolean, as what is
// interpolated is one.
#include <charconv>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "read/compose/service.h"

namespace oakum::compose {

namespace {

struct Unit {
  std::string_view name;
  double bytes;
};
constexpr double kKibi = 1024;
constexpr Unit kUnits[] = {
    {"", 1},
    {"b", 1},
    {"k", kKibi},
    {"kb", kKibi},
    {"kib", kKibi},
    {"m", kKibi* kKibi},
    {"mb", kKibi* kKibi},
    {"mib", kKibi* kKibi},
    {"g", kKibi* kKibi* kKibi},
    {"gb", kKibi* kKibi* kKibi},
    {"gib", kKibi* kKibi* kKibi},
    {"t", kKibi* kKibi* kKibi* kKibi},
    {"tb", kKibi* kKibi* kKibi* kKibi},
    {"tib", kKibi* kKibi* kKibi* kKibi},
    {"p", kKibi* kKibi* kKibi* kKibi* kKibi},
    {"pb", kKibi* kKibi* kKibi* kKibi* kKibi},
    {"pib", kKibi* kKibi* kKibi* kKibi* kKibi},
};

constexpr std::string_view kTrue[] = {"true", "yes", "on", "y", "1", "t"};
constexpr std::string_view kFalse[] = {"false", "no", "off", "n", "0", "f"};

}  // namespace

std::optional<bool> as_bool(const Value& value) {
  if (!value.is_scalar()) return std::nullopt;
  for (const std::string_view word : kTrue) {
    if (equals_ignoring_case(value.text, word)) return true;
  }
  for (const std::string_view word : kFalse) {
    if (equals_ignoring_case(value.text, word)) return false;
  }
  return std::nullopt;
}

std::optional<std::int64_t> as_integer(const Value& value) {
  return value.is_scalar() ? parse_number<std::int64_t>(trim(value.text)) : std::nullopt;
}

std::optional<double> as_double(const Value& value) {
  if (!value.is_scalar()) return std::nullopt;
  const auto number = parse_number<double>(trim(value.text));
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<std::int64_t> as_bytes(const Value& value) {
  if (!value.is_scalar()) return std::nullopt;
  const std::string_view text = trim(value.text);
  if (const auto whole = parse_number<std::int64_t>(text)) return whole;
  double number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (error != std::errc()) return std::nullopt;
  const std::string_view unit = trim(text.substr(static_cast<std::size_t>(rest - text.data())));
  for (const Unit& known : kUnits) {
    if (!equals_ignoring_case(unit, known.name)) continue;
    const double bytes = number * known.bytes;
    if (std::fabs(bytes) >= static_cast<double>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
    return static_cast<std::int64_t>(bytes);
  }
  return std::nullopt;
}

}  // namespace oakum::compose
