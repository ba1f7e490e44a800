// What each scheme gives the table of version.cc. `text` is at most kMaxVersionLength bytes and free of NUL.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace oakum::versions {

Result<std::string> deb_key(std::string_view text);
Result<std::string> apk_key(std::string_view text);
Result<std::string> rpm_key(std::string_view text);
Result<std::string> pacman_key(std::string_view text);
Result<std::string> opkg_key(std::string_view text);
Result<std::string> semver_key(std::string_view text);
Result<std::string> npm_key(std::string_view text);
Result<std::string> pep440_key(std::string_view text);
Result<std::string> gem_key(std::string_view text);
Result<std::string> maven_key(std::string_view text);
Result<std::string> go_key(std::string_view text);
Result<std::string> composer_key(std::string_view text);
Result<std::string> nuget_key(std::string_view text);
Result<std::string> crates_key(std::string_view text);

// `version` is within the limits of version.h; `constraint` is at most kMaxConstraintLength bytes and free of NUL.
Result<bool> deb_satisfies(std::string_view version, std::string_view constraint);
Result<bool> apk_satisfies(std::string_view version, std::string_view constraint);
Result<bool> rpm_satisfies(std::string_view version, std::string_view constraint);
Result<bool> pacman_satisfies(std::string_view version, std::string_view constraint);
Result<bool> opkg_satisfies(std::string_view version, std::string_view constraint);
Result<bool> semver_satisfies(std::string_view version, std::string_view constraint);
Result<bool> npm_satisfies(std::string_view version, std::string_view constraint);
Result<bool> pep440_satisfies(std::string_view version, std::string_view constraint);
Result<bool> gem_satisfies(std::string_view version, std::string_view constraint);
Result<bool> maven_satisfies(std::string_view version, std::string_view constraint);
Result<bool> go_satisfies(std::string_view version, std::string_view constraint);
Result<bool> composer_satisfies(std::string_view version, std::string_view constraint);
Result<bool> nuget_satisfies(std::string_view version, std::string_view constraint);
Result<bool> crates_satisfies(std::string_view version, std::string_view constraint);

}  // namespace oakum::versions
