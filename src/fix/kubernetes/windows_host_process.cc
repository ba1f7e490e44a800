#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

// windowsOptions and securityContext go with it where they say nothing else.
Planned plan(const Finding& finding, const Context& context) {
  return take_out(finding, context, 2,
                  "it runs in a container now: what it did to the node itself it cannot do any more");
}

}  // namespace

extern constinit const Remedy windows_host_process{"windows-host-process", plan};

}  // namespace oakum::fix::kubernetes
