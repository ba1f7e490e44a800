#include <algorithm>
#include <string>
#include <string_view>

#include "fix/kubernetes/high_id.h"

namespace oakum::fix::kubernetes {

namespace {

// Images made for uids that nobody knows before: their files are open to group 0.
bool is_for_any_user(const Workload& workload) {
  constexpr std::string_view kImages[] = {"docker.io/bitnami/", "docker.io/bitnamilegacy/", "quay.io/openshift/",
                                          "registry.access.redhat.com/", "registry.redhat.io/"};
  if (!workload.image.known()) return false;
  const std::string name = workload.image->canonical_name();
  return std::ranges::any_of(kImages, [&](std::string_view image) { return name.starts_with(image); });
}

// fsGroup is given to the volumes as well, and so may be any; a supplementary group that is root's has no other use.
Planned plan(const Finding& finding, const Context& context) {
  auto object = open_object(finding, context);
  if (!object) return std::unexpected(std::move(object.error()));
  const bool supplementary = !object->place.empty() && object->place.back().index;
  const Workload* workload = workload_of(finding, context.subjects);
  if (!supplementary && workload != nullptr && is_for_any_user(*workload))
    return refuse(
        "its image lets the root group write what it needs, as OpenShift wants it: any uid will do, the group "
        "has to stay");
  if (!supplementary) return raise(finding, context, "gid");
  return take_out(finding, context, 2, "files that only the root group may read are closed to it now");
}

}  // namespace

extern constinit const Remedy group_root{"group-root", plan};

}  // namespace oakum::fix::kubernetes
