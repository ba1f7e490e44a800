#include <string>
#include <string_view>

#include "fix/workload/family.h"
#include "model/platform_defaults.h"

namespace oakum::fix::workload {

namespace {

// With user namespaces on, Docker starts none of these but in the host's.
std::string_view tied_to_host(const Workload& workload) {
  if (effective_privileged(workload)) return "a privileged container";
  if (workload.network_mode.is("host")) return "a container on the host's network";
  return workload.pid_mode.is("host") ? "a container that sees the host's processes" : "";
}

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  const std::string_view tied = is_kubernetes(**workload) ? "" : tied_to_host(**workload);
  if (!tied.empty())
    return refuse("an engine that maps users starts " + std::string(tied) +
                  " in the host's user namespace only: put that right first");
  return answer({remove(Key::userns_mode, finding.origin)});
}

}  // namespace

extern constinit const Remedy userns_host{"userns-host", plan};

}  // namespace oakum::fix::workload
