#include "fix/workload/family.h"

namespace oakum::fix::workload {

extern constinit const Remedy userns_host{"userns-host", take_away<Key::userns_mode>};

}  // namespace oakum::fix::workload
