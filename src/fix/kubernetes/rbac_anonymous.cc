#include <string>

#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

// The last subject leaves an empty list: a binding that binds nobody.
Planned plan(const Finding& finding, const Context& context) {
  auto object = open_object(finding, context);
  if (!object) return std::unexpected(std::move(object.error()));
  const std::string& name = object->object->name;
  if (name.starts_with("system:") || name.starts_with("kubeadm:"))
    return refuse(quoted(name) + " is a binding that Kubernetes sets up itself: see whether its cluster needs it");
  YamlPath item = object->place;
  while (!item.empty() && !item.back().index) item.pop_back();
  if (item.empty()) return refuse("its place in the document is not known");
  return finished(*object, object->yaml().remove(item, item.size() - 1),
                  "who used it without an account of their own needs one, and a binding for it");
}

}  // namespace

extern constinit const Remedy rbac_anonymous{"rbac-anonymous", plan};

}  // namespace oakum::fix::kubernetes
