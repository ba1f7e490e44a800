#include "fix/workload/host_namespace.h"

namespace oakum::fix::workload {

extern constinit const Remedy host_ipc{"host-ipc", leave<Key::ipc_mode, &Workload::ipc_mode>};

}  // namespace oakum::fix::workload
