// Images of a Dockerfile by the digest of what they are today.
#pragma once

#include "fix/build/place.h"

namespace oakum::fix::build {

// The image of a FROM as name:tag@digest. Refused where the digest is not known and nobody may be asked.
Planned pin_base(const Place& place, const Finding& finding, const Context& context);

}  // namespace oakum::fix::build
