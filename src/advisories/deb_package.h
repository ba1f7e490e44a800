// Looking inside a binary package, deb(5): an ar(5) archive whose member data.tar.* holds the files.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace oakum::advisories {

// The bytes of the member whose name begins with `prefix` ("data.tar"); a view into `archive`.
Result<std::string_view> ar_member(std::string_view archive, std::string_view prefix, std::string_view name);

// The gzip-compressed Debian changelog that the package installs (Debian policy 12.7: changelog.Debian.gz, or
// changelog.gz for a native package), as stored; not_found when it has none of its own, as when its documentation
// directory is a link to another package's. `name` names the package in errors.
Result<std::string> packaged_changelog(std::string_view deb, std::string_view package, std::string_view name);

}  // namespace oakum::advisories
