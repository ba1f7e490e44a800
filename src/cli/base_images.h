// Facts about the images that files build on or run, where they are on this machine.
#pragma once

#include <string>
#include <vector>

#include "check/unit.h"

namespace oakum::cli {

// Fills Subjects::known_images of every unit. Each image is looked for once; what is not here stays absent, and rules
// that need it say so. Never asks a registry.
void find_base_images(std::vector<check::Unit>& units, const std::vector<std::string>& directories,
                      const std::string& docker_host);

}  // namespace oakum::cli
