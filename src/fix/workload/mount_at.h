// The mount that a finding points at, changed.
#pragma once

#include "fix/workload/family.h"

namespace oakum::fix::workload {

template <class Alter>
Planned alter_mount(const Finding& finding, const Context& context, Alter alter) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  for (const Stated<Mount>& mount : (*workload)->mounts) {
    if (mount.origin != finding.origin) continue;
    Mount altered = mount.value;
    alter(altered);
    return answer({set(Key::mounts, std::move(altered), mount.origin)});
  }
  return refuse("the mount is not among those that were read");
}

}  // namespace oakum::fix::workload
