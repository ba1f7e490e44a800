#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

// Half of the limit that cpu-limit sets.
Planned plan(const Finding&, const Context&) {
  constexpr double kHalfCore = 0.5;
  return answer({set(Key::cpu_request, kHalfCore)}, "half a core: set what it was seen to use");
}

}  // namespace

extern constinit const Remedy cpu_request{"cpu-request", plan};

}  // namespace oakum::fix::kubernetes
