// Quadlets (podman-systemd.unit(5)): the keys of [Container].
#pragma once

#include <vector>

#include "fix/kit/change.h"
#include "fix/write/write.h"
#include "model/subjects.h"

namespace oakum::fix {

bool is_quadlet(const Source& source, const Workload& workload);
Written write_quadlet(const Source& source, const Workload& workload, const std::vector<Change>& changes);

}  // namespace oakum::fix
