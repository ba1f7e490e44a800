#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

extern constinit const Remedy proc_mount{"proc-mount", take_away<Key::proc_mount>};

}  // namespace oakum::fix::kubernetes
