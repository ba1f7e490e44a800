#include "fix/workload/family.h"

namespace oakum::fix::workload {

extern constinit const Remedy healthcheck_disabled{"healthcheck-disabled", take_away<Key::healthcheck>};

}  // namespace oakum::fix::workload
