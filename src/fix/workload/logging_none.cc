#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

// The driver that bounds what it keeps by itself.
Planned plan(const Finding& finding, const Context&) {
  return answer({set(Key::logging, Logging{"local", {}}, finding.origin)});
}

}  // namespace

extern constinit const Remedy logging_none{"logging-none", plan};

}  // namespace oakum::fix::workload
