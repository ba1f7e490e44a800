#include "fix/workload/host_namespace.h"

namespace oakum::fix::workload {

extern constinit const Remedy host_pid{"host-pid", leave<Key::pid_mode, &Workload::pid_mode>};

}  // namespace oakum::fix::workload
