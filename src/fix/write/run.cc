#include "fix/write/write.h"

namespace oakum::fix {

Written write_run(const Subjects& /*subjects*/, const Workload& /*workload*/, const std::vector<Change>& /*changes*/) {
  return refuse("run lines cannot be edited yet");
}

}  // namespace oakum::fix
