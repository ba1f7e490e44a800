// A file with credentials that COPY brings for a later RUN: given to that RUN by a mount instead.
#pragma once

#include "fix/build/place.h"

namespace oakum::fix::build {

// The finding points at the file among COPY's sources.
Planned mount_copied_secret(const Place& place, const Finding& finding, const Context& context);

}  // namespace oakum::fix::build
