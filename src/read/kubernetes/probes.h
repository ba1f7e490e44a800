// Probes and lifecycle hooks of a container.
#pragma once

#include "model/workload.h"
#include "read/kubernetes/place.h"

namespace oakum::kubernetes {

void read_probes(const Place& container, Workload& workload);

}  // namespace oakum::kubernetes
