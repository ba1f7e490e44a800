#include <algorithm>

#include "fix/workload/mount_at.h"

namespace oakum::fix::workload {

namespace {

const Stated<Mount>* mount_at(const Workload& workload, const Origin& place) {
  const auto& mounts = workload.mounts.items;
  const auto found = std::ranges::find_if(mounts, [&](const Stated<Mount>& mount) { return mount.origin == place; });
  return found == mounts.end() ? nullptr : &*found;
}

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  const Stated<Mount>* stated = mount_at(**workload, finding.origin);
  if (stated != nullptr && speaks_of(**workload, stated->value.target))
    return refuse("its command or a variable names " + quoted(stated->value.target) +
                  ", so that it may run programs from there: put them into the image");
  return alter_mount(finding, context, [](Mount& mount) {
    std::erase_if(mount.options, [](const KeyValue& option) { return option.key == "exec"; });
  });
}

}  // namespace

extern constinit const Remedy tmpfs_exec{"tmpfs-exec", plan};

}  // namespace oakum::fix::workload
