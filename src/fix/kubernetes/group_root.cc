#include "fix/kubernetes/high_id.h"

namespace oakum::fix::kubernetes {

namespace {

// fsGroup is given to the volumes as well, and so may be any; a supplementary group that is root's has no other use.
Planned plan(const Finding& finding, const Context& context) {
  auto object = open_object(finding, context);
  if (!object) return std::unexpected(std::move(object.error()));
  const bool supplementary = !object->place.empty() && object->place.back().index;
  if (!supplementary) return raise(finding, context, "gid");
  return take_out(finding, context, 2, "files that only the root group may read are closed to it now");
}

}  // namespace

extern constinit const Remedy group_root{"group-root", plan};

}  // namespace oakum::fix::kubernetes
