// CVSS base scores from vectors, by the formulas of FIRST's specifications.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/vulnerability.h"

namespace oakum::advisories {

// The base score of a v2, v3.0, v3.1 or v4.0 vector; nullopt for one that is malformed or lacks a base metric. The v4.0
// score counts the threat and environmental metrics that the vector names (specification section 8), the others only
// the base metrics.
std::optional<double> cvss_score(std::string_view vector);

// The vector with its version and score; nullopt where cvss_score() is.
std::optional<Cvss> cvss_of(std::string_view source, std::string_view vector);

}  // namespace oakum::advisories
