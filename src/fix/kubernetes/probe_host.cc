#include <string>
#include <string_view>

#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

bool is_loopback(std::string_view host) { return host.starts_with("127.") || host == "::1" || host == "localhost"; }

Planned plan(const Finding& finding, const Context& context) {
  const auto object = open_object(finding, context);
  if (!object) return std::unexpected(object.error());
  const Workload* workload = workload_of(finding, context.subjects);
  const yaml::Node* host = object->manifest.yaml().find(object->place);
  if (workload != nullptr && workload->network_mode.is("host") && host != nullptr && is_loopback(host->text()))
    return refuse("on the host's network its program may listen at " + std::string(host->text()) +
                  " alone: see where, and put host-network right first");
  return take_out(finding, context, 0, "the kubelet asks the pod's own address now: the program has to listen there");
}

}  // namespace

extern constinit const Remedy probe_host{"probe-host", plan};

}  // namespace oakum::fix::kubernetes
