#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  if (is_run_line(**workload))
    return refuse("a network has to be made first: `docker network create NAME`, then --network NAME here");
  return answer({remove(Key::network_mode, finding.origin)}, "it is on the project's own network now");
}

}  // namespace

extern constinit const Remedy default_bridge{"default-bridge", plan};

}  // namespace oakum::fix::workload
