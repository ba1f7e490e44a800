#include "fix/kubernetes/high_id.h"

namespace oakum::fix::kubernetes {

namespace {

// The same distance for all, so that who was told apart still is.
Planned plan(const Finding& finding, const Context& context) {
  const Workload* workload = workload_of(finding, context.subjects);
  if (workload == nullptr) return refuse("what it is about is not among what was read");
  if (is_of_image(*workload, *workload->user))
    return refuse("the image's own files belong to " + *workload->user +
                  ": set hostUsers: false, so that it is another uid on the node");
  return raise(finding, context, "uid");
}

}  // namespace

extern constinit const Remedy user_low_uid{"user-low-uid", plan};

}  // namespace oakum::fix::kubernetes
