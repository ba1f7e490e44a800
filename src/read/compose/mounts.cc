// What the container sees of files: volumes, tmpfs, secrets, configs, devices.
#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "read/compose/mount_syntax.h"
#include "read/compose/readers.h"
#include "read/compose/references.h"

namespace oakum::compose {

namespace {

// Of a volume: every mount of it holds a copy.
constexpr std::size_t kMaxOptions = 32;
constexpr std::string_view kPropagations[] = {"shared", "rshared", "slave", "rslave", "private", "rprivate"};

std::string text_of(const Value& map, std::string_view key) {
  const Value* found = map.find(key);
  return found != nullptr && found->is_scalar() ? found->text : std::string();
}

std::optional<bool> bool_of(const Value& map, std::string_view key) {
  const Value* found = map.find(key);
  return found == nullptr ? std::nullopt : as_bool(*found);
}

// A value, or any in it, that depends on a variable without value.
bool is_known(const Value& value) {
  return value.known && std::ranges::all_of(value.members, [](const Entry& entry) { return is_known(entry.value); });
}

MountKind kind_of(std::string_view type) {
  constexpr std::pair<std::string_view, MountKind> kKinds[] = {
      {"bind", MountKind::bind},   {"volume", MountKind::volume},   {"tmpfs", MountKind::tmpfs},
      {"npipe", MountKind::npipe}, {"cluster", MountKind::cluster}, {"image", MountKind::image},
  };
  for (const auto& [name, kind] : kKinds) {
    if (name == type) return kind;
  }
  return MountKind::other;
}

// docker volume create --driver local --opt type=none --opt o=bind --opt device=/: mount(8)'s options.
std::string bind_in_disguise(const Mount& mount) {
  const std::string* options = mount.option("o");
  const std::string* device = mount.option("device");
  if (options == nullptr || device == nullptr) return {};
  const std::vector<std::string_view> words = split(*options, ',');
  const bool binds =
      std::ranges::any_of(words, [](std::string_view word) { return word == "bind" || word == "rbind"; });
  return binds ? *device : std::string();
}

// False when what the top level says of the volume is not known.
bool read_declaration(const Service& service, Mount& mount) {
  const Value* volumes = service.model.find("volumes");
  const Value* declared = volumes == nullptr ? nullptr : volumes->find(mount.source);
  if (declared == nullptr) return true;
  const Value* options = declared->find("driver_opts");
  if (options == nullptr) return true;
  for (const Entry& entry : std::span(options->members).first(std::min(options->members.size(), kMaxOptions))) {
    if (entry.value.is_scalar()) mount.options.push_back({entry.name, entry.value.text});
  }
  const std::string driver = text_of(*declared, "driver");
  if (driver.empty() || driver == "local") mount.bind_in_disguise = bind_in_disguise(mount);
  return is_known(*options);
}

void apply_mode(Mount& mount, const std::string& mode) {
  if (mode == "ro" || mode == "readonly") {
    mount.read_only = true;
  } else if (mode == "rw") {
    mount.read_only = false;
  } else if (mode == "z" || mode == "Z") {
    mount.selinux = mode;
  } else if (std::ranges::find(kPropagations, mode) != std::end(kPropagations)) {
    mount.propagation = mode;
  } else {
    mount.options.push_back({mode, {}});
  }
}

Mount short_mount(std::string_view text) {
  ShortMount parsed = parse_short_mount(text);
  Mount mount;
  mount.kind = is_host_path(parsed.source) ? MountKind::bind : MountKind::volume;
  mount.type = mount.kind == MountKind::bind ? "bind" : "volume";
  mount.source = std::move(parsed.source);
  mount.target = std::move(parsed.target);
  for (const std::string& mode : parsed.modes) apply_mode(mount, mode);
  return mount;
}

void read_long_options(const Value& item, Mount& mount) {
  if (const Value* bind = item.find("bind")) {
    mount.propagation = text_of(*bind, "propagation");
    mount.selinux = text_of(*bind, "selinux");
    mount.create_host_path = bool_of(*bind, "create_host_path");
  }
  for (const std::string_view key : {"volume", "image"}) {
    if (const Value* options = item.find(key)) mount.sub_path = text_of(*options, "subpath");
  }
  if (const Value* options = item.find("volume"); options != nullptr && bool_of(*options, "nocopy").value_or(false)) {
    mount.options.push_back({"nocopy", {}});
  }
  if (const Value* tmpfs = item.find("tmpfs")) {
    for (const Entry& entry : tmpfs->members) {
      if (entry.value.is_scalar()) mount.options.push_back({entry.name, entry.value.text});
    }
  }
}

Mount long_mount(const Value& item) {
  Mount mount;
  mount.type = text_of(item, "type");
  if (mount.type.empty()) mount.type = "volume";
  mount.kind = kind_of(mount.type);
  mount.source = text_of(item, "source");
  mount.target = text_of(item, "target");
  mount.read_only = bool_of(item, "read_only");
  read_long_options(item, mount);
  return mount;
}

void read_volumes(Service& service, const Value& value) {
  List<Mount>& mounts = service.workload.mounts;
  if (!mounts.stated) mounts.origin = key_origin(service, value, "volumes");
  mounts.stated = true;
  if (!value.is_list() && !value.is_null()) service.context.error(value, "\"volumes\" of a service is a list");
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    const Value& item = value.items[i];
    if (!item.is_scalar() && !item.is_map()) {
      service.context.error(item, "a volume is a string or a mapping");
      continue;
    }
    Mount mount = item.is_scalar() ? short_mount(item.text) : long_mount(item);
    bool known = is_known(item);
    if (mount.kind == MountKind::volume && !mount.source.empty()) {
      if (known) expect_declared(service, "volumes", mount.source, item.source, item.span);
      known = read_declaration(service, mount) && known;
    }
    mounts.add(std::move(mount), item_origin(service, item, "volumes", i), known);
  }
}

// TARGET[:OPTION,…]
Mount tmpfs_mount(std::string_view text) {
  Mount mount{.kind = MountKind::tmpfs, .type = "tmpfs"};
  mount.target = std::string(next_field(text, ':'));
  if (text.empty()) return mount;
  for (std::string_view option : split(text, ',')) {
    const std::string_view name = next_field(option, '=');
    if (name == "ro") mount.read_only = true;
    mount.options.push_back({std::string(name), std::string(option)});
  }
  return mount;
}

void read_tmpfs(Service& service, const Value& value) {
  List<std::string> texts;
  add_texts(service, value, "tmpfs", texts);
  if (!service.workload.mounts.stated) service.workload.mounts.origin = texts.origin;
  service.workload.mounts.stated = true;
  for (Stated<std::string>& text : texts.items) {
    service.workload.mounts.add(tmpfs_mount(text.value), std::move(text.origin), text.known);
  }
}

SecretMount secret_mount(const Service& service, const Value& item, std::string_view section) {
  SecretMount mount;
  mount.name = item.is_scalar() ? item.text : text_of(item, "source");
  mount.target = text_of(item, "target");
  mount.uid = text_of(item, "uid");
  mount.gid = text_of(item, "gid");
  mount.mode = text_of(item, "mode");
  const Value* all = service.model.find(section);
  const Value* declared = all == nullptr ? nullptr : all->find(mount.name);
  if (declared == nullptr) return mount;
  const Value* external = declared->find("external");
  mount.external = external != nullptr && (external->is_map() || as_bool(*external).value_or(false));
  mount.file = text_of(*declared, "file");
  mount.environment = text_of(*declared, "environment");
  return mount;
}

void add_secrets(Service& service, const Value& value, std::string_view key, List<SecretMount>& list) {
  list.stated = true;
  list.origin = key_origin(service, value, key);
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    const Value& item = value.items[i];
    SecretMount mount = secret_mount(service, item, key);
    if (is_known(item) && !mount.name.empty()) expect_declared(service, key, mount.name, item.source, item.span);
    list.add(std::move(mount), item_origin(service, item, key, i), is_known(item));
  }
}

void read_secrets(Service& service, const Value& value) {
  add_secrets(service, value, "secrets", service.workload.secrets);
}
void read_configs(Service& service, const Value& value) {
  add_secrets(service, value, "configs", service.workload.configs);
}

Device device_of(const Value& item) {
  if (item.is_map()) return {text_of(item, "source"), text_of(item, "target"), text_of(item, "permissions")};
  std::string_view rest = item.text;
  Device device;
  device.host = std::string(next_field(rest, ':'));
  device.container = std::string(next_field(rest, ':'));
  device.permissions = std::string(rest);
  return device;
}

void read_devices(Service& service, const Value& value) {
  List<Device>& devices = service.workload.devices;
  devices.stated = true;
  devices.origin = key_origin(service, value, "devices");
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    const Value& item = value.items[i];
    devices.add(device_of(item), item_origin(service, item, "devices", i), is_known(item));
  }
}

constexpr std::array kKeys{
    bool_key<"read_only", &Workload::read_only>,
    Key{"volumes", read_volumes},
    Key{"tmpfs", read_tmpfs},
    texts_key<"volumes_from", &Workload::volumes_from>,
    Key{"secrets", read_secrets},
    Key{"configs", read_configs},
    Key{"devices", read_devices},
};

}  // namespace

Keys mount_keys() { return kKeys; }

}  // namespace oakum::compose
