#include "fix/workload/near_port.h"

namespace oakum::fix::workload {

extern constinit const Remedy ports_all_interfaces{"ports-all-interfaces", publish_near};

}  // namespace oakum::fix::workload
