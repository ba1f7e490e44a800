#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

Planned plan(const Finding& finding, const Context&) {
  return answer({{.act = Change::Act::remove, .key = Key::ports, .value = std::monostate(), .at = finding.origin}},
                "it is not reached on the node's own address any more: put a Service in front");
}

}  // namespace

extern constinit const Remedy host_port{"host-port", plan};

}  // namespace oakum::fix::kubernetes
