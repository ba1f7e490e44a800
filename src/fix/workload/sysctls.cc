#include "fix/workload/family.h"

namespace oakum::fix::workload {

extern constinit const Remedy sysctls{"sysctls", take_away<Key::sysctls>};

}  // namespace oakum::fix::workload
