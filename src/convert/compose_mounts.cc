// volumes, tmpfs, secrets, configs, devices.
#include <algorithm>

#include "base/text.h"
#include "convert/compose_writer.h"
#include "convert/names.h"
#include "convert/pod_text.h"
#include "convert/values.h"

namespace oakum::convert {

namespace {

bool is_nocopy(const KeyValue& option) { return option.key == "nocopy" || option.key == "volume-nocopy"; }

// Of a volume: what its driver is told, not the mount.
bool is_drivers(const KeyValue& option) {
  constexpr std::string_view kOfMount[] = {"nocopy",
                                           "volume-nocopy",
                                           "volume-driver",
                                           "consistency",
                                           "copy",
                                           "U",
                                           "exec",
                                           "noexec",
                                           "suid",
                                           "nosuid",
                                           "dev",
                                           "nodev",
                                           "bind-recursive",
                                           "bind-nonrecursive",
                                           "bind-nonrecursive",
                                           "idmap",
                                           "defaultMode",
                                           "server"};
  return std::ranges::find(kOfMount, option.key) == std::end(kOfMount);
}

bool is_said_short(const Mount& mount) {
  const bool plain_names = mount.source.find(':') == std::string::npos && mount.target.find(':') == std::string::npos;
  const bool of_kind = mount.kind == MountKind::bind || mount.kind == MountKind::volume;
  return of_kind && plain_names && mount.sub_path.empty() && !mount.create_host_path &&
         !mount.source.starts_with("\\") && (!mount.source.empty() || (mount.propagation.empty() && !mount.read_only));
}

std::string short_text(const Mount& mount) {
  if (std::ranges::any_of(mount.options, is_nocopy)) return short_mount(mount, {"nocopy"});
  return short_mount(mount, {});
}

Members bind_options(const Mount& mount) {
  Members members;
  if (!mount.propagation.empty()) members.emplace_back("propagation", YamlValue(mount.propagation));
  if (mount.create_host_path) members.emplace_back("create_host_path", YamlValue::boolean(*mount.create_host_path));
  if (!mount.selinux.empty()) members.emplace_back("selinux", YamlValue(mount.selinux));
  return members;
}

YamlValue long_form(const ComposeWriter& writer, const Stated<Mount>& stated) {
  const Mount& mount = stated.value;
  const auto escape = [&](const std::string& text) {
    return YamlValue(writer.text(text, stated.known, stated.origin));
  };
  Members members{{"type", YamlValue(std::string(to_string(mount.kind)))}};
  if (!mount.source.empty()) members.emplace_back("source", escape(mount.source));
  members.emplace_back("target", escape(mount.target));
  if (mount.read_only) members.emplace_back("read_only", YamlValue::boolean(*mount.read_only));
  if (Members options = bind_options(mount); mount.kind == MountKind::bind && !options.empty())
    members.emplace_back("bind", YamlValue::map(std::move(options)));
  Members options;
  if (std::ranges::any_of(mount.options, is_nocopy)) options.emplace_back("nocopy", YamlValue::boolean(true));
  if (!mount.sub_path.empty()) options.emplace_back("subpath", escape(mount.sub_path));
  if (!options.empty())
    members.emplace_back(mount.kind == MountKind::image ? "image" : "volume", YamlValue::map(std::move(options)));
  return YamlValue::map(std::move(members));
}

std::string tmpfs_text(const ComposeWriter& writer, const Stated<Mount>& stated) {
  std::string options;
  if (stated.value.read_only.value_or(false) && !stated.value.has_option("ro")) options = "ro";
  for (const KeyValue& option : stated.value.options) {
    std::string text = option.value.empty() ? option.key : option.key + "=" + option.value;
    if (option.key == "size") {
      if (const auto bytes = size_of(option.value)) text = "size=" + size_text(*bytes);
    }
    options += (options.empty() ? "" : ",") + text;
  }
  const std::string text = options.empty() ? stated.value.target : stated.value.target + ":" + options;
  return writer.text(text, stated.known, stated.origin);
}

const ComposeVolume* declared(const ComposeWriter& writer, const std::string& name) {
  if (writer.item.project == nullptr) return nullptr;
  const auto found = std::ranges::find(writer.item.project->volumes, name, &ComposeVolume::name);
  return found == writer.item.project->volumes.end() ? nullptr : &*found;
}

// A run line's volume is called as it is called; Compose would put the project's name before it.
void declare_volume(const ComposeWriter& writer, const Stated<Mount>& stated) {
  const Mount& mount = stated.value;
  Members members;
  if (writer.item.is(Surface::run_command) || writer.item.is(Surface::container))
    members.emplace_back("name", writer.text(mount.source, stated.known, stated.origin));
  if (const ComposeVolume* volume = declared(writer, mount.source); volume != nullptr && volume->external.is(true))
    members.emplace_back("external", YamlValue::boolean(true));
  if (const std::string* driver = mount.option("volume-driver")) members.emplace_back("driver", YamlValue(*driver));
  Members options;
  for (const KeyValue& option : mount.options) {
    if (is_drivers(option)) options.emplace_back(option.key, writer.text(option.value, stated.known, stated.origin));
  }
  if (!options.empty()) members.emplace_back("driver_opts", YamlValue::map(std::move(options)));
  ComposeSections::declare(writer.sections.volumes, mount.source, std::move(members));
}

void note_options(const ComposeWriter& writer, const Stated<Mount>& stated) {
  for (const KeyValue& option : stated.value.options) {
    const bool said = is_nocopy(option) || option.key == "volume-driver" || option.key == "copy" ||
                      (stated.value.kind == MountKind::volume && is_drivers(option));
    if (!said)
      writer.notes.cannot(
          writer.item, stated.origin,
          "option " + printable(option.key, 80) + " of the mount at " + printable(stated.value.target, 200),
          "Compose has no such option");
  }
}

// Volumes of a pod that are neither a path, nor a claim, nor memory.
bool is_sayable(const ComposeWriter& writer, const Stated<Mount>& stated) {
  const Mount& mount = stated.value;
  std::string_view why;
  if (mount.kind == MountKind::secret) why = "a Secret has no file here; declare it under secrets";
  if (mount.kind == MountKind::config) why = "a ConfigMap has no file here; declare it under configs";
  if (mount.kind == MountKind::projected) why = "is put together by the kubelet";
  if (mount.kind == MountKind::ephemeral) why = "is made by a storage class of the cluster";
  if (mount.kind == MountKind::other) why = "is a kind of volume that Compose does not have";
  if (mount.kind == MountKind::cluster && writer.item.is(Surface::kubernetes))
    why = "is made by a driver of the cluster";
  if (mount.target.empty()) why = "has no place in the container";
  if (why.empty()) return true;
  writer.notes.cannot(writer.item, stated.origin, mount_text(mount), std::string(why));
  return false;
}

// `-v $(pwd)/a:/b`: Compose begins at its file's directory, where "." stands for it.
void put_dot_for_directory(const ComposeWriter& writer, Stated<Mount>& stated) {
  for (const std::string_view here : {"$(pwd)", "`pwd`", "$PWD", "${PWD}"}) {
    std::string& source = stated.value.source;
    if (!writer.item.is(Surface::run_command) || !source.starts_with(here)) continue;
    const std::string_view rest = std::string_view(source).substr(here.size());
    if (!rest.empty() && !rest.starts_with('/')) continue;
    if (rest.find('$') != std::string_view::npos || stated.value.target.find('$') != std::string::npos) continue;
    source = "." + std::string(rest);
    stated.value.kind = MountKind::bind;
    stated.known = true;
    return writer.notes.assume(writer.item, stated.origin, spelled(stated.origin, "a mount"),
                               "begins where the line was typed; in Compose at the directory of its file");
  }
}

// An empty directory that only this container sees is an anonymous volume; one that others see has a name.
Stated<Mount> in_compose(const ComposeWriter& writer, const Stated<Mount>& stated) {
  Stated<Mount> result = stated;
  Mount& mount = result.value;
  const bool shared = std::ranges::find(writer.shared, mount.name) != writer.shared.end();
  if (shared && (mount.kind == MountKind::empty_dir || mount.kind == MountKind::tmpfs)) {
    mount.kind = MountKind::volume;
    mount.source = compose_name(writer.workload().pod->object + "-" + mount.name);
    mount.options.clear();
  }
  if (mount.kind == MountKind::empty_dir) {
    mount.kind = MountKind::volume;
    mount.options.clear();
  }
  return result;
}

void write_volumes(const ComposeWriter& writer) {
  std::vector<YamlValue> volumes, memory;
  const std::string shared = writer.workload().pod ? shared_memory_of_pod(writer.workload()) : std::string();
  for (Stated<Mount> given : writer.workload().mounts) {
    given.value = claimed_volume(writer.workload(), given.value);
    put_dot_for_directory(writer, given);
    if (!is_sayable(writer, given)) continue;
    const Stated<Mount> stated = in_compose(writer, given);
    const Mount& mount = stated.value;
    if (mount.kind == MountKind::tmpfs) {
      if (mount.target != "/dev/shm" || shared.empty()) memory.emplace_back(tmpfs_text(writer, stated));
      continue;
    }
    note_options(writer, stated);
    if (mount.kind == MountKind::volume && !mount.source.empty()) declare_volume(writer, stated);
    volumes.push_back(is_said_short(mount) ? YamlValue(writer.text(short_text(mount), stated.known, stated.origin))
                                           : long_form(writer, stated));
  }
  if (!volumes.empty()) writer.add("volumes", YamlValue::list(std::move(volumes)));
  if (!memory.empty()) writer.add("tmpfs", YamlValue::list(std::move(memory)));
}

void write_secrets(const ComposeWriter& writer, std::string key, const List<SecretMount>& list, Members& section) {
  std::vector<YamlValue> items;
  for (const Stated<SecretMount>& stated : list) {
    const SecretMount& secret = stated.value;
    Members members{{"source", YamlValue(secret.name)}};
    if (!secret.target.empty()) members.emplace_back("target", YamlValue(secret.target));
    if (!secret.uid.empty()) members.emplace_back("uid", YamlValue(secret.uid));
    if (!secret.gid.empty()) members.emplace_back("gid", YamlValue(secret.gid));
    if (!secret.mode.empty()) members.emplace_back("mode", YamlValue::plain(secret.mode));
    items.push_back(members.size() == 1 ? YamlValue(secret.name) : YamlValue::map(std::move(members)));
    Members declaration{{"external", YamlValue::boolean(true)}};
    if (!secret.file.empty()) declaration = {{"file", YamlValue(secret.file)}};
    if (!secret.environment.empty()) declaration = {{"environment", YamlValue(secret.environment)}};
    ComposeSections::declare(section, secret.name, std::move(declaration));
  }
  if (!items.empty()) writer.add(std::move(key), YamlValue::list(std::move(items)));
}

void write_devices(const ComposeWriter& writer) {
  std::vector<YamlValue> items;
  for (const Stated<Device>& stated : writer.workload().devices) {
    const Device& device = stated.value;
    std::string text = device.host;
    if (!device.container.empty() || !device.permissions.empty())
      text += ":" + (device.container.empty() ? device.host : device.container);
    if (!device.permissions.empty()) text += ":" + device.permissions;
    items.emplace_back(writer.text(text, stated.known, stated.origin));
  }
  if (!items.empty()) writer.add("devices", YamlValue::list(std::move(items)));
}

}  // namespace

void write_mounts(const ComposeWriter& writer) {
  const Workload& workload = writer.workload();
  writer.add_bool("read_only", workload.read_only);
  write_volumes(writer);
  writer.add_texts("volumes_from", workload.volumes_from);
  write_secrets(writer, "secrets", workload.secrets, writer.sections.secrets);
  write_secrets(writer, "configs", workload.configs, writer.sections.configs);
  if (writer.item.is(Surface::kubernetes)) {
    for (const Stated<Device>& device : workload.devices)
      writer.notes.cannot(writer.item, device.origin, "device " + printable(device.value.container, 120),
                          "is a block volume of the cluster");
    return;
  }
  write_devices(writer);
  writer.add_texts("device_cgroup_rules", workload.device_cgroup_rules);
}

}  // namespace oakum::convert
