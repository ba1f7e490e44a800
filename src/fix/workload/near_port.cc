#include "fix/workload/near_port.h"

#include <algorithm>

namespace oakum::fix::workload {

Planned publish_near(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  const auto& ports = (*workload)->ports.items;
  const auto port = std::ranges::find_if(ports, [&](const auto& item) { return item.origin == finding.origin; });
  if (port == ports.end()) return refuse("the port is not among those that were read");
  PublishedPort near = port->value;
  near.host_ip = "127.0.0.1";
  return answer({set(Key::ports, std::move(near), port->origin)},
                "only this host reaches it now: put an address in front, or a proxy, where others have to");
}

}  // namespace oakum::fix::workload
