// A published port that only the host itself reaches.
#pragma once

#include "fix/workload/family.h"

namespace oakum::fix::workload {

// The port at the finding's place, on 127.0.0.1.
Planned publish_near(const Finding& finding, const Context& context);

}  // namespace oakum::fix::workload
