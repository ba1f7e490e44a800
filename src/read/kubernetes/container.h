// One container of a pod.
#pragma once

#include "model/workload.h"
#include "read/kubernetes/place.h"
#include "read/kubernetes/volumes.h"

namespace oakum::kubernetes {

// `workload` starts as what the pod says for all its containers.
void read_container(const Place& container, const VolumesByName& volumes, Workload& workload);

// Of containers and, since 1.34, of pods.
void read_resources(const Place& resources, Workload& workload);

}  // namespace oakum::kubernetes
