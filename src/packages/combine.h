// One distribution out of what several files say.
#pragma once

#include <optional>
#include <vector>

#include "packages/analyser.h"

namespace oakum::packages {

// os-release first (etc/ before usr/lib/, as os-release(5) says), then the older files from the most to the least
// specific; what one leaves open another of the same distribution fills in. nullopt when no file names one.
std::optional<Distribution> combine_distributions(const std::vector<Finding>& findings);

}  // namespace oakum::packages
