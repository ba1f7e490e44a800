// Days as servers and archives write them.
#pragma once

#include <string>
#include <string_view>

namespace oakum::advisories {

// "Fri, 20 Nov 2026 00:12:41 GMT" → "2026-11-20": HTTP's IMF-fixdate (RFC 9110 section 5.6.7), and the Date of a
// Release file. Empty when it is not so written.
std::string iso_day_of_fixdate(std::string_view date);

}  // namespace oakum::advisories
