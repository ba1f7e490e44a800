#include "fix/workload/family.h"

namespace oakum::fix::workload {

extern constinit const Remedy selinux_disabled{"selinux-disabled", take_away<Key::selinux>};

}  // namespace oakum::fix::workload
