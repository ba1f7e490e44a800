// A Kubernetes Secret of its own, in place of a value in a manifest.
#pragma once

#include "fix/workload/family.h"

namespace oakum::fix::workload {

// Names a Secret in the variable, and writes it into a file below secrets/, which git ignores.
Planned secret_of_its_own(const Workload& workload, const Stated<EnvironmentVariable>& variable,
                          const Context& context);

}  // namespace oakum::fix::workload
