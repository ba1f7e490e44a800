#pragma once

#include <string_view>

namespace oakum::cli {

#ifndef OAKUM_VERSION
#error "OAKUM_VERSION comes from CMake's project version"
#endif
inline constexpr std::string_view kVersion = OAKUM_VERSION;

}  // namespace oakum::cli
