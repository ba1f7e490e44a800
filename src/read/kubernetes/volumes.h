// Volumes of a pod, and where its containers mount them.
#pragma once

#include <map>
#include <string>

#include "model/workload.h"
#include "read/kubernetes/place.h"

namespace oakum::kubernetes {

// By name; the items are those of PodFacts::volumes. Each container's mounts are joined with it.
using VolumesByName = std::map<std::string, Mount, std::less<>>;

VolumesByName read_volumes(const Place& volumes, List<Mount>& into);
// volumeMounts and volumeDevices of a container.
void read_mounts(const Place& container, const VolumesByName& volumes, Workload& workload);

}  // namespace oakum::kubernetes
