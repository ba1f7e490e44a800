#include "fix/workload/family.h"

namespace oakum::fix::workload {

extern constinit const Remedy apparmor{"apparmor", take_away<Key::apparmor>};

}  // namespace oakum::fix::workload
