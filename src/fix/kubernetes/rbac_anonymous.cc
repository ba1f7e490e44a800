#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

// The last subject leaves an empty list: a binding that binds nobody.
Planned plan(const Finding& finding, const Context& context) {
  auto object = open_object(finding, context);
  if (!object) return std::unexpected(std::move(object.error()));
  YamlPath item = object->place;
  while (!item.empty() && !item.back().index) item.pop_back();
  if (item.empty()) return refuse("its place in the document is not known");
  return finished(*object, object->yaml().remove(item, item.size() - 1),
                  "who used it without an account of their own needs one, and a binding for it");
}

}  // namespace

extern constinit const Remedy rbac_anonymous{"rbac-anonymous", plan};

}  // namespace oakum::fix::kubernetes
