#include <string>

#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

// windowsOptions and securityContext go with it where they say nothing else.
Planned plan(const Finding& finding, const Context& context) {
  const Workload* workload = workload_of(finding, context.subjects);
  if (workload != nullptr && workload->image &&
      workload->image->text.find("windows-host-process-containers-base-image") != std::string::npos)
    return refuse("its image holds no Windows to run in, only what is for the host: build it on another first");
  return take_out(finding, context, 2,
                  "it runs in a container now: what it did to the node itself it cannot do any more");
}

}  // namespace

extern constinit const Remedy windows_host_process{"windows-host-process", plan};

}  // namespace oakum::fix::kubernetes
