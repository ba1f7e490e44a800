#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

// Docker's driver that bounds what it keeps by itself; Podman has none such.
Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  const bool podman = (*workload)->engine == Engine::podman;
  return answer(
      {set(Key::logging, podman ? Logging{"k8s-file", {{"max-size", "10mb"}}} : Logging{"local", {}}, finding.origin)});
}

}  // namespace

extern constinit const Remedy logging_none{"logging-none", plan};

}  // namespace oakum::fix::workload
