#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

Planned plan(const Finding&, const Context&) {
  return refuse(
      "what it does as root cannot be told from here: start it as the user that it needs, without sudo in its command");
}

}  // namespace

extern constinit const Remedy sudo{"sudo", plan};

}  // namespace oakum::fix::workload
