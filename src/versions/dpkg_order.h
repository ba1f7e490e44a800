// The order of Debian Policy 5.6.12 for one part (upstream version or revision), shared by deb and opkg.
#pragma once

#include <string_view>

#include "versions/key.h"

namespace oakum::versions {

void append_dpkg_part(KeyBuilder& key, std::string_view part);

}  // namespace oakum::versions
