#include "fix/write/write.h"

namespace oakum::fix {

Written write_kubernetes(const Subjects& /*subjects*/, const Workload& /*workload*/,
                         const std::vector<Change>& /*changes*/) {
  return refuse("Kubernetes cannot be edited yet");
}

}  // namespace oakum::fix
