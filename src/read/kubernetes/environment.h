// env and envFrom of a container.
#pragma once

#include "model/workload.h"
#include "read/kubernetes/place.h"

namespace oakum::kubernetes {

// A whole secret or config map (envFrom) becomes one variable called "*", behind its prefix.
void read_environment(const Place& container, Workload& workload);

}  // namespace oakum::kubernetes
