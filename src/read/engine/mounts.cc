// Binds, volumes, tmpfs and devices. HostConfig says what was asked for; Mounts, at the top, what is there: what only
// the latter has came from the image's VOLUME, from -v /path, or from other containers.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "read/engine/inspect.h"

namespace oakum::engine {

namespace {

using net::Json;
using net::member;
using net::string_member;

bool is_propagation(std::string_view word) {
  return word == "shared" || word == "rshared" || word == "slave" || word == "rslave" || word == "private" ||
         word == "rprivate" || word == "unbindable" || word == "runbindable";
}

// Words that Podman writes whether or not they were asked for.
bool is_podmans_own(const Inspection& from, std::string_view word) {
  return from.podman() && (word == "rw" || word == "rprivate" || word == "rbind" || word == "nosuid" ||
                           word == "nodev" || word == "tmpcopyup");
}

void read_word(const Inspection& from, std::string_view word, Mount& mount) {
  if (word.empty() || is_podmans_own(from, word)) return;
  if (word == "ro") {
    mount.read_only = true;
  } else if (word == "rw") {
    mount.read_only = false;
  } else if (word == "z" || word == "Z") {
    mount.selinux = word;
  } else if (is_propagation(word)) {
    mount.propagation = word;
  } else {
    std::string_view value = word;
    const std::string_view key = next_field(value, '=');
    mount.options.push_back({std::string(key), std::string(value)});
  }
}

// "source:target[:words]"
void read_bind(const Inspection& from, const std::string& text, const Origin& where, Workload& to) {
  const std::vector<std::string_view> parts = split(text, ':');
  Mount mount;
  if (parts.size() > 1) mount.source = parts[0];
  mount.target = parts[parts.size() > 1 ? 1 : 0];
  mount.kind = mount.source.starts_with('/') ? MountKind::bind : MountKind::volume;
  mount.type = to_string(mount.kind);
  std::string_view words = parts.size() > 2 ? parts[2] : std::string_view();
  while (!words.empty()) read_word(from, next_field(words, ','), mount);
  to.mounts.add(std::move(mount), where);
}

MountKind kind_of(std::string_view type) {
  if (type == "bind") return MountKind::bind;
  if (type == "volume") return MountKind::volume;
  if (type == "tmpfs") return MountKind::tmpfs;
  if (type == "image") return MountKind::image;
  if (type == "npipe") return MountKind::npipe;
  if (type == "cluster") return MountKind::cluster;
  return MountKind::other;
}

// An entry of HostConfig.Mounts may bring the driver's options along: a bind in disguise, as those of docker volume
// create.
void read_driver(const Json& volume, Mount& mount) {
  mount.sub_path = string_member(volume, "Subpath");
  const Json& options = member(member(volume, "DriverConfig"), "Options");
  if (!options.is_object()) return;
  for (const auto& [key, value] : options.items()) {
    if (value.is_string()) mount.options.push_back({key, value.get<std::string>()});
  }
  mount.bind_in_disguise = bind_in_disguise(options);
}

// An entry of HostConfig.Mounts: what --mount said.
Mount mount_of(const Json& entry) {
  Mount mount;
  mount.type = string_member(entry, "Type");
  mount.kind = kind_of(mount.type);
  mount.source = string_member(entry, "Source");
  mount.target = string_member(entry, "Target");
  if (net::bool_member(entry, "ReadOnly")) mount.read_only = true;
  const Json& bind = member(entry, "BindOptions");
  mount.propagation = string_member(bind, "Propagation");
  if (net::bool_member(bind, "CreateMountpoint")) mount.create_host_path = true;
  read_driver(member(entry, "VolumeOptions"), mount);
  const Json& memory = member(entry, "TmpfsOptions");
  if (const auto size = net::size_member(memory, "SizeBytes"); size.value_or(0) > 0)
    mount.options.push_back({"size", std::to_string(*size)});
  if (const auto mode = net::size_member(memory, "Mode"); mode.value_or(0) > 0) {
    std::string octal;
    for (std::uint64_t rest = *mode; rest > 0; rest /= 8)
      octal.insert(octal.begin(), static_cast<char>('0' + rest % 8));
    mount.options.push_back({"mode", octal});
  }
  return mount;
}

// Podman gives a read-only container these three by itself; they look as if they had been asked for by --tmpfs, and
// only the command that it kept tells.
bool is_read_only_tmpfs(const Inspection& from, const std::string& path) {
  if (!from.podman() || !net::bool_member(from.host(), "ReadonlyRootfs")) return false;
  if (path != "/run" && path != "/tmp" && path != "/var/tmp") return false;
  return std::ranges::none_of(net::strings_member(from.config(), "CreateCommand"), [&](const std::string& word) {
    const std::string_view text = std::string_view(word).substr(word.starts_with("--tmpfs=") ? 8 : 0);
    return text == path || text.starts_with(path + ":") || text.find("=" + path) != std::string_view::npos;
  });
}

void read_tmpfs(const Inspection& from, Workload& to) {
  const Json& all = member(from.host(), "Tmpfs");
  if (!all.is_object()) return;
  for (const auto& [path, options] : all.items()) {
    if (!options.is_string() || to.mounts.items.size() >= kMaxItems || is_read_only_tmpfs(from, path)) continue;
    Mount mount{.kind = MountKind::tmpfs, .type = "tmpfs", .target = path};
    std::string_view words = options.get_ref<const std::string&>();
    while (!words.empty()) read_word(from, next_field(words, ','), mount);
    to.mounts.add(std::move(mount), from.at("HostConfig.Tmpfs[\"" + path + "\"]"));
  }
}

bool is_anonymous(const std::string& name) {
  return name.size() == 64 && name.find_first_not_of("0123456789abcdef") == std::string::npos;
}

// What is mounted and was not asked for in HostConfig.
void read_rest(const Inspection& from, const std::set<std::string, std::less<>>& known, Workload& to) {
  const Json& mounts = member(from.document, "Mounts");
  if (!mounts.is_array()) return;
  const bool from_others = !to.volumes_from.empty();
  std::size_t index = 0;
  for (const Json& entry : mounts) {
    const std::string where = "Mounts[" + std::to_string(index++) + "]";
    const std::string target = string_member(entry, "Destination");
    if (known.contains(target) || to.mounts.items.size() >= kMaxItems) continue;
    const std::string name = string_member(entry, "Name");
    const bool images = member(member(from.image_config, "Volumes"), target.c_str()).is_object();
    if (is_anonymous(name) && (images || (from.podman() && !from.image_config.is_object()))) continue;
    Mount mount{.kind = kind_of(string_member(entry, "Type")), .type = string_member(entry, "Type"), .target = target};
    if (mount.kind == MountKind::tmpfs) continue;
    if (mount.kind == MountKind::volume) mount.source = is_anonymous(name) ? "" : name;
    if (mount.kind == MountKind::bind) mount.source = string_member(entry, "Source");
    if (!net::bool_member(entry, "RW")) mount.read_only = true;
    if (mount.kind == MountKind::volume && !is_anonymous(name) && !from_others && name.empty()) continue;
    to.mounts.add(std::move(mount), from.at(where));
  }
}

void read_devices(const Inspection& from, Workload& to) {
  const Json& devices = member(from.host(), "Devices");
  if (devices.is_array() && !(from.podman() && to.privileged.is(true))) {
    for (const Json& entry : devices) {
      if (to.devices.items.size() == kMaxItems) break;
      Device device{string_member(entry, "PathOnHost"), string_member(entry, "PathInContainer"),
                    string_member(entry, "CgroupPermissions")};
      if (device.container == device.host) device.container.clear();
      if (device.permissions == "rwm") device.permissions.clear();
      const std::string index = std::to_string(to.devices.items.size());
      to.devices.add(std::move(device), from.at("HostConfig.Devices[" + index + "]"));
    }
  }
  add_strings(from, from.host(), "DeviceCgroupRules", "HostConfig", to.device_cgroup_rules);
  const Json& requests = member(from.host(), "DeviceRequests");
  if (!requests.is_array()) return;
  for (const Json& request : requests) {
    if (to.device_requests.items.size() == kMaxItems) return;
    const std::int64_t count = integer_member(request, "Count");
    std::string text = string_member(request, "Driver");
    for (const std::string& id : net::strings_member(request, "DeviceIDs")) text += (text.empty() ? "" : ",") + id;
    if (count != 0 && text.empty()) text = count < 0 ? "all" : std::to_string(count);
    to.device_requests.add(std::move(text), from.at("HostConfig.DeviceRequests"));
  }
}

}  // namespace

// mount(8): "bind" and "rbind" among the comma-separated words of `o`.
std::string bind_in_disguise(const Json& options) {
  const std::string given = string_member(options, "o");
  std::string_view words = given;
  while (!words.empty()) {
    const std::string_view word = next_field(words, ',');
    if (word == "bind" || word == "rbind") return string_member(options, "device");
  }
  return {};
}

void read_mounts(const Inspection& from, Workload& to) {
  if (net::bool_member(from.host(), "ReadonlyRootfs")) to.read_only.state(true, from.at("HostConfig.ReadonlyRootfs"));
  add_strings(from, from.host(), "VolumesFrom", "HostConfig", to.volumes_from);
  List<std::string> binds;
  add_strings(from, from.host(), "Binds", "HostConfig", binds);
  for (const Stated<std::string>& bind : binds) read_bind(from, bind.value, bind.origin, to);
  const Json& mounts = member(from.host(), "Mounts");
  if (mounts.is_array()) {
    std::size_t index = 0;
    for (const Json& entry : mounts) {
      if (index == kMaxItems) break;
      to.mounts.add(mount_of(entry), from.at("HostConfig.Mounts[" + std::to_string(index++) + "]"));
    }
  }
  read_tmpfs(from, to);
  std::set<std::string, std::less<>> known;
  for (const Stated<Mount>& mount : to.mounts) known.insert(mount.value.target);
  read_rest(from, known, to);
  read_devices(from, to);
  const Json& storage = member(from.host(), "StorageOpt");
  if (storage.is_object() && !storage.empty())
    to.storage_driver_options.state(storage.dump(-1, ' ', false, Json::error_handler_t::replace),
                                    from.at("HostConfig.StorageOpt"));
}

}  // namespace oakum::engine
