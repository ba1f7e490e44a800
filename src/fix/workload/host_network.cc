#include <algorithm>

#include "fix/workload/host_namespace.h"

namespace oakum::fix::workload {

namespace {

// Ports that are published beside it meant nothing so far: now they are, and on loopback they reach no further than the
// host.
void keep_ports_near(const Workload& workload, std::vector<Change>& changes) {
  for (const Stated<PublishedPort>& port : workload.ports) {
    if (!port.known || !port.value.host_ip.empty()) continue;
    PublishedPort near = port.value;
    near.host_ip = "127.0.0.1";
    changes.push_back(set(Key::ports, near, port.origin));
  }
}

Planned plan(const Finding& finding, const Context& context) {
  Planned planned = leave_host(finding, context, &Workload::network_mode, Key::network_mode);
  const auto workload = subject_of(finding, context);
  if (!planned || !workload || is_kubernetes(**workload)) return planned;
  if (std::ranges::any_of((*workload)->ports, [](const Stated<PublishedPort>& port) { return !port.known; }))
    return refuse(
        "a port that it publishes comes from a variable, and would be open on every interface: write its "
        "address out first");
  keep_ports_near(**workload, planned->changes);
  planned->note = (*workload)->ports.empty()
                      ? "nobody outside its network reaches it now: publish the ports that it listens on; what it "
                        "reached at localhost it has to reach by name"
                      : "it is reached by its name from its network now, and from outside through the ports that it "
                        "publishes; what it reached at localhost it has to reach by name";
  return planned;
}

}  // namespace

extern constinit const Remedy host_network{"host-network", plan};

}  // namespace oakum::fix::workload
