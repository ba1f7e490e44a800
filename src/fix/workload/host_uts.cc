#include "fix/workload/host_namespace.h"

namespace oakum::fix::workload {

extern constinit const Remedy host_uts{"host-uts", leave<Key::uts_mode, &Workload::uts_mode>};

}  // namespace oakum::fix::workload
