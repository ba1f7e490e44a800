#include "fix/workload/mount_at.h"

namespace oakum::fix::workload {

namespace {

// It goes on seeing what the host mounts there; the host sees nothing of its own mounts any more. In a pod the volume
// is none of the host's in most cases, and what is private by default does.
Planned plan(const Finding& finding, const Context& context) {
  const bool pod = finding.origin.surface == Surface::kubernetes;
  return alter_mount(finding, context, [pod](Mount& mount) { mount.propagation = pod ? "" : "rslave"; });
}

}  // namespace

extern constinit const Remedy mount_propagation{"mount-propagation", plan};

}  // namespace oakum::fix::workload
