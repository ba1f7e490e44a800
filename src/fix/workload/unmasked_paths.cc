#include "fix/workload/family.h"

namespace oakum::fix::workload {

extern constinit const Remedy unmasked_paths{"unmasked-paths", take_away<Key::unmasked_paths>};

}  // namespace oakum::fix::workload
