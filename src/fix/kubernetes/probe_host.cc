#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

Planned plan(const Finding& finding, const Context& context) {
  return take_out(finding, context, 0, "the kubelet asks the pod's own address now: the program has to listen there");
}

}  // namespace

extern constinit const Remedy probe_host{"probe-host", plan};

}  // namespace oakum::fix::kubernetes
