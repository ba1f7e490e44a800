#include <algorithm>
#include <set>

#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

constexpr std::string_view kUsual = "/tmp";

// An engine gives a tmpfs the mode of the directory that it covers, yet always makes root its owner: whoever is not
// root could write nothing there. /tmp is everybody's in images already.
Mount scratch(const Workload& workload, const std::string& path) {
  Mount mount;
  mount.kind = is_kubernetes(workload) ? MountKind::empty_dir : MountKind::tmpfs;
  mount.type = is_kubernetes(workload) ? "emptyDir" : "tmpfs";
  mount.target = path;
  if (mount.kind == MountKind::tmpfs && path != kUsual) mount.options.push_back({"mode", "1777"});
  return mount;
}

std::set<std::string> written_by(const Workload& workload, const Context& context) {
  std::set<std::string> paths;
  if (const Needs* found = found_needs(workload, context)) paths = found->written;
  const ImageNeeds* needs = known_needs(workload, context.subjects);
  for (std::string& path : words_of(needs == nullptr ? kUsual : needs->written)) paths.insert(std::move(path));
  std::erase_if(paths, [&](const std::string& path) { return is_mounted(workload, path); });
  return paths;
}

bool was_tried(const Workload& workload, const Context& context) {
  const Needs* found = found_needs(workload, context);
  return found != nullptr && !found->written.empty();
}

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  if (passed_over(finding, context) > 0)
    return std::unexpected(
        no_other_way("find what it writes with `docker diff`, and give those paths a tmpfs or volume"));
  const ImageNeeds* needs = known_needs(**workload, context.subjects);
  if (needs != nullptr && needs->writes_own_files && !was_tried(**workload, context))
    return refuse(
        "this image's program writes among its own files when it starts: give those directories volumes first");
  const Field<bool>& field = (*workload)->read_only;
  std::vector<Change> changes = {set(Key::read_only, true, field ? std::optional(field.origin()) : std::nullopt)};
  for (const std::string& path : written_by(**workload, context))
    changes.push_back(add(Key::mounts, scratch(**workload, path)));
  return answer(std::move(changes));
}

}  // namespace

extern constinit const Remedy read_only_rootfs{"read-only-rootfs", plan};

}  // namespace oakum::fix::workload
