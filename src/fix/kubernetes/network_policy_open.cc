#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

// What opens it to everybody becomes "every pod of the same namespace".
Planned plan(const Finding& finding, const Context& context) {
  auto object = open_object(finding, context);
  if (!object) return std::unexpected(std::move(object.error()));
  const YamlPath peers = with(object->place, {"from"});
  if (object->place.empty()) return refuse("its place in the document is not known");
  const yaml::Node* stated = object->manifest.yaml().find(peers);
  if (stated != nullptr && !stated->items.empty())
    return refuse("it names everybody by an address range: name the ports that everybody may reach");
  const YamlValue own_namespace = YamlValue::list({YamlValue::map({{"podSelector", YamlValue::map({})}})});
  return finished(*object, object->yaml().set(peers, own_namespace),
                  "pods of other namespaces and clients outside of the cluster do not reach it any more: name those "
                  "that should");
}

}  // namespace

extern constinit const Remedy network_policy_open{"network-policy-open", plan};

}  // namespace oakum::fix::kubernetes
