// Labels against a schema: the one of the settings, and the names that the OCI image specification gives a meaning.
// https://github.com/opencontainers/image-spec/blob/main/annotations.md
#pragma once

#include <string_view>
#include <vector>

#include "rules/kit/settings.h"

namespace oakum::rules {

inline constexpr std::string_view kOciPrefix = "org.opencontainers.image.";

// What a label has to hold: "url", "rfc3339", "spdx", "hash", "semver", "email", "text". "" when nothing says.
std::string_view schema_type(const Settings& settings, std::string_view label);
std::string_view oci_type(std::string_view label);
// The names below kOciPrefix that the specification knows, in full.
std::vector<std::string_view> oci_labels();

}  // namespace oakum::rules
