#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

Planned plan(const Finding& finding, const Context& context) {
  const Workload* workload = workload_of(finding, context.subjects);
  if (workload != nullptr && workload->network_mode.is("host"))
    return refuse("on the host's network each port is one of the node's, said or not: put host-network right first");
  if (workload != nullptr && workload->pod && is_way_in(workload->pod->object))
    return refuse("it is the way into the cluster itself, by its name: put a load balancer in front of its nodes");
  return answer({{.act = Change::Act::remove, .key = Key::ports, .value = std::monostate(), .at = finding.origin}},
                "it is not reached on the node's own address any more: put a Service in front");
}

}  // namespace

extern constinit const Remedy host_port{"host-port", plan};

}  // namespace oakum::fix::kubernetes
