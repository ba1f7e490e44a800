#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

extern constinit const Remedy host_aliases{"host-aliases", take_away<Key::host_aliases>};

}  // namespace oakum::fix::kubernetes
