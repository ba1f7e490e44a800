// A proxy between a Compose service and the engine's socket.
#pragma once

#include <string_view>

#include "fix/workload/family.h"

namespace oakum::fix::workload {

// Takes the mount at `place` away from the service, and gives it a proxy on a network of their own that lets only
// reading requests about containers through.
Planned put_proxy_between(const Workload& workload, const Mount& mount, const Origin& place, const Context& context);

}  // namespace oakum::fix::workload
