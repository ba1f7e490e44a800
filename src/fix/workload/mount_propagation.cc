#include <algorithm>

#include "fix/workload/mount_at.h"

namespace oakum::fix::workload {

namespace {

// The directories that CSI drivers mount volumes of pods in.
bool is_for_kubelet(const Workload& workload, const Origin& place) {
  return std::ranges::any_of(workload.mounts, [&](const Stated<Mount>& mount) {
    return mount.origin == place && mount.value.source.starts_with("/var/lib/kubelet");
  });
}

// It goes on seeing what the host mounts there; the host sees nothing of its own mounts any more. In a pod the volume
// is none of the host's in most cases, and what is private by default does.
Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (workload && is_for_kubelet(**workload, finding.origin))
    return refuse("what a storage driver mounts for the kubelet has to reach the host: it needs this there");
  const bool pod = finding.origin.surface == Surface::kubernetes;
  return alter_mount(finding, context, [pod](Mount& mount) { mount.propagation = pod ? "" : "rslave"; });
}

}  // namespace

extern constinit const Remedy mount_propagation{"mount-propagation", plan};

}  // namespace oakum::fix::workload
