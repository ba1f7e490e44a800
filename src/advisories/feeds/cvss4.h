// The score of CVSS v4.0 (https://www.first.org/cvss/v4.0/specification-document, section 8).
#pragma once

#include <optional>
#include <string_view>

namespace oakum::advisories {

// `metrics` is the vector after "CVSS:4.0/". nullopt when a base metric is missing or a metric is unknown or repeated.
std::optional<double> cvss4_score(std::string_view metrics);

}  // namespace oakum::advisories
