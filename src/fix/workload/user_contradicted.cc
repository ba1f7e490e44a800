#include "fix/workload/family.h"

namespace oakum::fix::workload {

extern constinit const Remedy user_contradicted{"user-contradicted", take_away<Key::user>};

}  // namespace oakum::fix::workload
