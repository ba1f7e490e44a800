#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

Planned plan(const Finding&, const Context&) { return answer({set(Key::pull_policy, std::string("build"))}); }

}  // namespace

extern constinit const Remedy build_and_image{"build-and-image", plan};

}  // namespace oakum::fix::workload
