#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

Planned plan(const Finding& finding, const Context& context) {
  return take_out(finding, context, 1, "who reached it at that address needs a load balancer or an Ingress");
}

}  // namespace

extern constinit const Remedy service_external_ips{"service-external-ips", plan};

}  // namespace oakum::fix::kubernetes
