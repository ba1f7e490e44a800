#include "fix/workload/family.h"

namespace oakum::fix::workload {

extern constinit const Remedy cgroup_parent{"cgroup-parent", take_away<Key::cgroup_parent>};

}  // namespace oakum::fix::workload
