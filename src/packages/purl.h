// Package URLs (https://github.com/package-url/purl-spec, PURL-SPECIFICATION and PURL-TYPES).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/distribution.h"
#include "model/package.h"

namespace oakum::packages {

// "pkg:deb/debian/libc6@2.36-9%2Bdeb12u4?arch=amd64&distro=debian-12&upstream=glibc". Qualifiers that are not known are
// left out; `upstream` (the source package) is there when the source goes by another name or version.
std::string purl_of(const Package& package, const std::optional<Distribution>& distribution);

}  // namespace oakum::packages
