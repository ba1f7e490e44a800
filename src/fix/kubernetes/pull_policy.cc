#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

Planned plan(const Finding&, const Context&) {
  return answer({set(Key::pull_policy, std::string("Always"))},
                "an image that is only on the node, and in no registry, does not start any more");
}

}  // namespace

extern constinit const Remedy pull_policy{"pull-policy", plan};

}  // namespace oakum::fix::kubernetes
