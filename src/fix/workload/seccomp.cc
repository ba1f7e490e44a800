#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

// Docker and Podman use their own profile when nothing is said; Kubernetes has to be told.
Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  if (!is_kubernetes(**workload)) return answer({remove(Key::seccomp, finding.origin)});
  const bool stated = finding.origin != (*workload)->origin;
  return answer({set(Key::seccomp, std::string("default"), stated ? std::optional(finding.origin) : std::nullopt)});
}

}  // namespace

extern constinit const Remedy seccomp{"seccomp", plan};

}  // namespace oakum::fix::workload
