#include "fix/workload/mount_at.h"

namespace oakum::fix::workload {

namespace {

// It goes on seeing what the host mounts there; the host sees nothing of its own mounts any more.
Planned plan(const Finding& finding, const Context& context) {
  return alter_mount(finding, context, [](Mount& mount) { mount.propagation = "rslave"; });
}

}  // namespace

extern constinit const Remedy mount_propagation{"mount-propagation", plan};

}  // namespace oakum::fix::workload
