// Packages that the distribution did not build: its advisories say nothing of them.
#pragma once

#include <string_view>

#include "model/package.h"

namespace oakum::advisories {

// True only where the package's vendor or maintainer is clearly another. A package that does not say is the
// distribution's.
bool is_foreign(const Package& package, std::string_view ecosystem);

}  // namespace oakum::advisories
