#include "fix/workload/capabilities.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "model/capabilities.h"
#include "model/platform_defaults.h"

namespace oakum::fix::workload {

namespace {

// What the rule cap-dangerous finds fault with, of those that the table of images or a trial may ask for.
constexpr std::string_view kFoundFault[] = {
    "AUDIT_CONTROL", "DAC_OVERRIDE", "DAC_READ_SEARCH", "IPC_LOCK", "MKNOD",      "NET_ADMIN",   "NET_RAW",
    "SETFCAP",       "SYS_ADMIN",    "SYS_CHROOT",      "SYS_NICE", "SYS_PTRACE", "SYS_RESOURCE"};
// What entrypoints that start as root use to hand over to a user of their own.
constexpr std::string_view kCommon = "CHOWN FOWNER KILL NET_BIND_SERVICE SETGID SETUID";

using Names = std::set<std::string>;

bool is_forbidden(const Workload& workload, std::string_view name) {
  if (is_kubernetes(workload)) return name != "NET_BIND_SERVICE";
  return std::ranges::find(kFoundFault, name) != std::end(kFoundFault);
}

Names names_in(std::string_view list) {
  Names names;
  for (std::string& name : words_of(list)) names.insert(std::move(name));
  return names;
}

Names added_already(const Workload& workload) {
  Names names;
  for (const Stated<std::string>& item : workload.cap_add) names.insert(canonical_capability(item.value));
  return names;
}

// With its data in a directory of the host, an entrypoint that starts as root puts the owner right first.
bool keeps_data_on_host(const Workload& workload, const ImageNeeds& needs) {
  const std::vector<std::string> data = words_of(needs.data);
  return std::ranges::any_of(workload.mounts, [&](const Stated<Mount>& mount) {
    return mount.value.kind == MountKind::bind && std::ranges::find(data, mount.value.target) != data.end();
  });
}

struct Way {
  Names capabilities;
  std::string user;         // "" as it is
  bool images_own = false;  // leaves the user to the image, which chose another than root
};

bool image_chose_other(const Workload& workload, const Subjects& subjects) {
  const auto chosen = users_choice(workload, subjects);
  return chosen && !chosen->empty() && !is_root_user(*chosen);
}

Way first_way(const Workload& workload, const Context& context) {
  const Needs* found = found_needs(workload, context);
  const bool root = starts_as_root(workload, context.subjects);
  if (found == nullptr && root && image_chose_other(workload, context.subjects))
    return {{}, {}, !is_kubernetes(workload) && workload.user};
  const std::string user = root ? known_user(workload, context) : std::string();
  if (found != nullptr && !found->capabilities.empty()) return {found->capabilities, {}, false};
  const ImageNeeds* needs = known_needs(workload, context.subjects);
  if (needs == nullptr || !root) return {{}, user, false};
  Names names = names_in(needs->capabilities);
  const bool forbidden = std::ranges::any_of(names, [&](const auto& name) { return is_forbidden(workload, name); });
  if (!user.empty() && (forbidden || !keeps_data_on_host(workload, *needs))) return {{}, user, false};
  return {std::move(names), {}, false};
}

std::string listed(const Names& names) {
  std::string text;
  for (const std::string& name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

}  // namespace

std::string note_on_user(const Workload& workload, const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    const auto* user =
        change.act == Change::Act::set && change.key == Key::user ? std::get_if<std::string>(&change.value) : nullptr;
    if (user == nullptr) continue;
    const std::string start = "it starts as " + *user + " now, which needs no capability";
    return workload.mounts.empty() ? start : start + ": what it writes on its mounts has to belong to that user";
  }
  return {};
}

std::expected<std::vector<Change>, Refusal> drop_all(const Workload& workload, const Context& context, std::size_t pass,
                                                     std::optional<Origin> at) {
  if (pass > 1) return std::unexpected(no_other_way("drop ALL, start it, and add back what its log asks for"));
  Way way = pass == 0 ? first_way(workload, context) : Way{names_in(kCommon), {}, false};
  const Names there = added_already(workload);
  std::erase_if(way.capabilities, [&](const std::string& name) { return there.contains(name); });
  const auto wrong =
      std::ranges::find_if(way.capabilities, [&](const auto& name) { return is_forbidden(workload, name); });
  if (wrong != way.capabilities.end()) {
    return refuse("as root it needs " + listed(way.capabilities) + " back, and of " + *wrong +
                  " cap-dangerous would tell: use an image that starts as a user of its own, or drop ALL and add these "
                  "with an ignore comment");
  }
  std::vector<Change> changes;
  if (!way.user.empty()) start_as(workload, way.user, changes);
  if (way.images_own) changes.push_back(remove(Key::user, workload.user.origin()));
  changes.push_back(at ? set(Key::cap_drop, std::string("ALL"), std::move(at))
                       : add(Key::cap_drop, std::string("ALL")));
  for (const std::string& name : way.capabilities) changes.push_back(add(Key::cap_add, name));
  return changes;
}

}  // namespace oakum::fix::workload
