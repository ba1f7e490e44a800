#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

Planned plan(const Finding& finding, const Context& context) {
  const Workload* workload = workload_of(finding, context.subjects);
  if (workload != nullptr && workload->image.known() && workload->image->registry.starts_with("localhost"))
    return refuse(quoted(workload->image->text) +
                  " is an image that was built on the node: push it to a registry, and name that first");
  return answer({set(Key::pull_policy, std::string("Always"))},
                "an image that is only on the node, and in no registry, does not start any more");
}

}  // namespace

extern constinit const Remedy pull_policy{"pull-policy", plan};

}  // namespace oakum::fix::kubernetes
