#include "fix/workload/mount_at.h"

namespace oakum::fix::workload {

namespace {

Planned plan(const Finding& finding, const Context& context) {
  return alter_mount(finding, context, [](Mount& mount) {
    std::erase_if(mount.options, [](const KeyValue& option) { return option.key == "exec"; });
  });
}

}  // namespace

extern constinit const Remedy tmpfs_exec{"tmpfs-exec", plan};

}  // namespace oakum::fix::workload
