#include "advisories/dates.h"

#include <vector>

#include "base/text.h"

namespace oakum::advisories {

std::string iso_day_of_fixdate(std::string_view date) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::vector<std::string_view> parts = split(date, ' ');
  if (parts.size() < 4 || parts[2].size() != 3) return {};
  const std::size_t month = kMonths.find(parts[2]);
  const auto day = parse_number<unsigned>(parts[1]);
  const auto year = parse_number<unsigned>(parts[3]);
  if (month == std::string_view::npos || month % 3 != 0 || !day || !year) return {};
  if (*day < 1 || *day > 31 || *year < 1990 || *year > 9999) return {};
  const auto two = [](std::size_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return std::to_string(*year) + "-" + two(month / 3 + 1) + "-" + two(*day);
}

}  // namespace oakum::advisories
