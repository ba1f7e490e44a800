#include "fix/workload/family.h"

namespace oakum::fix::workload {

extern constinit const Remedy oom_kill_disable{"oom-kill-disable", take_away<Key::oom_kill_disable>};

}  // namespace oakum::fix::workload
