#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

Planned plan(const Finding& finding, const Context&) {
  return answer({set(Key::restart, std::string("on-failure:5"), finding.origin)},
                "after five failures, and after the host starts again, somebody has to start it");
}

}  // namespace

extern constinit const Remedy restart_policy{"restart-policy", plan};

}  // namespace oakum::fix::workload
