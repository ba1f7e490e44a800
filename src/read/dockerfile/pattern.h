// ${v#p}, ${v%p} and ${v/p/r}: '*' is any text, '?' one byte, a backslash takes the next byte as it is.
#pragma once

#include <string>
#include <string_view>

namespace oakum::dockerfile {

std::string without_prefix(std::string_view value, std::string_view pattern, bool longest);
std::string without_suffix(std::string_view value, std::string_view pattern, bool longest);
std::string with_replaced(std::string_view value, std::string_view pattern, std::string_view by, bool all);

}  // namespace oakum::dockerfile
