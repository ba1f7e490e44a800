#include "fix/workload/near_port.h"

namespace oakum::fix::workload {

extern constinit const Remedy database_port_published{"database-port-published", publish_near};

}  // namespace oakum::fix::workload
