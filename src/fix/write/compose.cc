#include "fix/write/write.h"

namespace oakum::fix {

Written write_compose(const Subjects& /*subjects*/, const Workload& /*workload*/,
                      const std::vector<Change>& /*changes*/) {
  return refuse("Compose cannot be edited yet");
}

}  // namespace oakum::fix
