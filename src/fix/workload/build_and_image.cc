#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  if ((*workload)->image && !(*workload)->image->digest.empty())
    return refuse("no build can be called by a digest: take `build:` out to run that image, or name another");
  return answer({set(Key::pull_policy, std::string("build"))});
}

}  // namespace

extern constinit const Remedy build_and_image{"build-and-image", plan};

}  // namespace oakum::fix::workload
