#include "fix/workload/family.h"

namespace oakum::fix::workload {

extern constinit const Remedy port_ssh{"port-ssh", take_away<Key::ports>};

}  // namespace oakum::fix::workload
