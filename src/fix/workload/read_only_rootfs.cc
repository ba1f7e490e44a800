#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "base/text.h"
#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

constexpr std::string_view kUsual = "/tmp";

// An engine gives a tmpfs the mode of the directory that it covers, yet always makes root its owner: whoever is not
// root could write nothing there. /tmp is everybody's in images already.
Mount scratch(const Workload& workload, const std::string& path, std::string_view owner) {
  Mount mount;
  mount.kind = is_kubernetes(workload) ? MountKind::empty_dir : MountKind::tmpfs;
  mount.type = is_kubernetes(workload) ? "emptyDir" : "tmpfs";
  mount.target = path;
  if (mount.kind != MountKind::tmpfs || path == kUsual) return mount;
  mount.options.push_back({"mode", "1777"});
  if (workload.engine == Engine::podman) return mount;  // takes no owner there
  // Runtimes before runc 1.2 give the mount the mode of the directory below it, whatever is asked for; its owner then
  // decides.
  std::string_view rest = owner;
  const std::string_view uid = next_field(rest, ':');
  if (!uid.empty()) mount.options.push_back({"uid", std::string(uid)});
  if (!rest.empty()) mount.options.push_back({"gid", std::string(rest)});
  return mount;
}

bool is_number(std::string_view text) { return parse_number<std::uint32_t>(text).has_value(); }

// "uid" or "uid:gid" that the program runs as, where that is a number and not root's; "" else.
std::string owner_of(const Workload& workload, const Context& context) {
  std::string user;
  const Needs* found = found_needs(workload, context);
  if (found != nullptr && !found->user.empty()) {
    user = found->user;
  } else if (workload.user) {
    if (workload.user.known()) user = *workload.user + (workload.group.known() ? ":" + *workload.group : "");
  } else if (workload.build && workload.build->read && *workload.build->read < context.subjects.dockerfiles.size()) {
    const Stage* stage = context.subjects.dockerfiles[*workload.build->read].final_stage();
    if (stage != nullptr) user = stage->end.user.value_or("");
  }
  std::string_view rest = user;
  const std::string_view uid = next_field(rest, ':');
  if (!is_number(uid) || uid == "0" || !(rest.empty() || is_number(rest))) return {};
  return user;
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
  const std::string owner = owner_of(**workload, context);
  for (const std::string& path : written_by(**workload, context))
    changes.push_back(add(Key::mounts, scratch(**workload, path, owner)));
  return answer(std::move(changes));
}

}  // namespace

extern constinit const Remedy read_only_rootfs{"read-only-rootfs", plan};

}  // namespace oakum::fix::workload
