// Images by the digest of what they are today.
#pragma once

#include "fix/workload/family.h"

namespace oakum::fix::workload {

// The finding's image as name:tag@digest. Refused where the digest is not known and nobody may be asked.
Planned pin(const Finding& finding, const Context& context);

}  // namespace oakum::fix::workload
