// What each scheme gives the table of version.cc. `text` is at most kMaxVersionLength bytes and free of NUL.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace oakum::versions {

Result<std::string> apk_key(std::string_view text);
Result<std::string> deb_key(std::string_view text);
Result<std::string> opkg_key(std::string_view text);
Result<std::string> pacman_key(std::string_view text);
Result<std::string> rpm_key(std::string_view text);

}  // namespace oakum::versions
