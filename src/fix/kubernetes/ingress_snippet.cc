#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

Planned plan(const Finding& finding, const Context& context) {
  return take_out(finding, context, 1, "what it did has to be said by annotations that do one thing each");
}

}  // namespace

extern constinit const Remedy ingress_snippet{"ingress-snippet", plan};

}  // namespace oakum::fix::kubernetes
