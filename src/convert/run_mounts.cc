// Networks, ports, mounts, devices.
#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "convert/names.h"
#include "convert/pod_text.h"
#include "convert/run_writer.h"
#include "convert/values.h"

namespace oakum::convert {

namespace {

void network(const RunWriter& writer, const Stated<NetworkAttachment>& stated) {
  const NetworkAttachment& network = stated.value;
  if (network.aliases.empty() && network.ipv4.empty() && network.ipv6.empty() && network.mac.empty())
    return writer.flag("--network", network.name, stated.known);
  const bool podman = writer.workload().engine == Engine::podman;
  std::string text = podman ? network.name : option_text({"name", network.name});
  std::string between = podman ? ":" : ",";
  const auto add = [&](std::string_view key, const std::string& value) {
    if (value.empty()) return;
    text += between + option_text({std::string(key), value});
    between = ",";
  };
  for (const std::string& alias : network.aliases) add("alias", alias);
  add("ip", network.ipv4);
  add("ip6", network.ipv6);
  add(podman ? "mac" : "mac-address", network.mac);
  writer.flag("--network", text, stated.known);
}

void ports(const RunWriter& writer) {
  for (const Stated<PublishedPort>& stated : writer.workload().ports) {
    const bool parsed = stated.known && stated.value.container_first != 0;
    writer.flag("--publish", parsed ? port_text(stated.value) : stated.value.text, stated.known);
  }
  for (const Stated<ContainerPort>& stated : writer.workload().exposed) {
    if (stated.value.first == 0) continue;
    writer.flag("--expose", port_range(stated.value.first, stated.value.last) +
                                (stated.value.protocol == "tcp" ? "" : "/" + stated.value.protocol));
  }
}

bool is_short(const Mount& mount) {
  const bool names = mount.source.find(':') == std::string::npos && mount.target.find(':') == std::string::npos;
  const bool options = std::ranges::all_of(mount.options, [](const KeyValue& option) { return option.value.empty(); });
  const bool path = mount.kind != MountKind::bind || mount.source.starts_with('/') || mount.source.starts_with('.') ||
                    mount.source.starts_with('~') || mount.source.starts_with('$');
  return (mount.kind == MountKind::bind || mount.kind == MountKind::volume) && names && options && path &&
         mount.sub_path.empty() && !mount.create_host_path && (!mount.source.empty() || !mount.read_only);
}

std::string short_text(const Mount& mount) {
  std::vector<std::string_view> more;
  for (const KeyValue& option : mount.options)
    more.push_back(option.key == "volume-nocopy" ? std::string_view("nocopy") : std::string_view(option.key));
  return short_mount(mount, more);
}

bool is_of_mount(const KeyValue& option) {
  return option.key == "volume-nocopy" || option.key == "nocopy" || option.key == "volume-driver" ||
         option.key == "consistency" || option.key.starts_with("bind-");
}

std::string long_text(const Mount& mount) {
  std::string text = option_text({"type", std::string(to_string(mount.kind))});
  const auto add = [&](std::string key, const std::string& value) {
    text += "," + option_text({std::move(key), value});
  };
  if (!mount.source.empty()) add("source", mount.source);
  add("target", mount.target);
  if (mount.read_only.value_or(false)) add("readonly", "");
  if (!mount.propagation.empty()) add("bind-propagation", mount.propagation);
  if (!mount.sub_path.empty()) add(mount.kind == MountKind::image ? "image-subpath" : "volume-subpath", mount.sub_path);
  for (const KeyValue& option : mount.options) {
    if (is_of_mount(option)) {
      add(option.key == "nocopy" ? "volume-nocopy" : option.key, option.value);
    } else if (mount.kind == MountKind::volume) {
      add("volume-opt", option.value.empty() ? option.key : option.key + "=" + option.value);
    } else {
      add(option.key, option.value);
    }
  }
  return text;
}

std::string tmpfs_text(const Mount& mount) {
  std::string options;
  if (mount.read_only.value_or(false) && !mount.has_option("ro")) options = "ro";
  for (const KeyValue& option : mount.options) {
    std::string text = option.value.empty() ? option.key : option.key + "=" + option.value;
    if (const auto bytes = option.key == "size" ? size_of(option.value) : std::nullopt)
      text = "size=" + size_text(*bytes);
    options += (options.empty() ? "" : ",") + text;
  }
  return options.empty() ? mount.target : mount.target + ":" + options;
}

bool is_sayable(const RunWriter& writer, const Stated<Mount>& stated) {
  const Mount& mount = stated.value;
  std::string_view why;
  if (mount.kind == MountKind::secret || mount.kind == MountKind::config)
    why = "is an object of the cluster; mount a file";
  if (mount.kind == MountKind::projected || mount.kind == MountKind::ephemeral) why = "is made by the cluster";
  if (mount.kind == MountKind::other) why = "is a kind of mount that docker run does not have";
  if (mount.kind == MountKind::cluster) why = "is made by a driver of the cluster";
  if (why.empty()) return true;
  writer.notes.cannot(writer.item, stated.origin, mount_text(mount), std::string(why));
  return false;
}

void mounts(const RunWriter& writer) {
  for (Stated<Mount> stated : writer.workload().mounts) {
    stated.value = claimed_volume(writer.workload(), stated.value);
    if (!is_sayable(writer, stated)) continue;
    Mount mount = stated.value;
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
    if (mount.kind == MountKind::tmpfs) {
      writer.flag("--tmpfs", tmpfs_text(mount), stated.known);
    } else if (is_short(mount)) {
      writer.flag("--volume", short_text(mount), stated.known);
    } else {
      writer.flag("--mount", long_text(mount), stated.known);
    }
  }
}

// Compose mounts the file of a secret; so does the line. Podman has secrets of its own.
void secrets(const RunWriter& writer, const List<SecretMount>& list, std::string_view directory) {
  for (const Stated<SecretMount>& stated : list) {
    const SecretMount& secret = stated.value;
    if (writer.workload().engine == Engine::podman) {
      std::string text = secret.name;
      if (!secret.target.empty()) text += ",target=" + secret.target;
      if (!secret.uid.empty()) text += ",uid=" + secret.uid;
      if (!secret.gid.empty()) text += ",gid=" + secret.gid;
      if (!secret.mode.empty()) text += ",mode=" + secret.mode;
      writer.flag("--secret", text, stated.known);
      continue;
    }
    if (secret.file.empty()) {
      writer.notes.cannot(writer.item, stated.origin, "secret or config " + printable(secret.name, 120),
                          "docker run has none, and no file is said that could be mounted");
      continue;
    }
    std::string target = secret.target.empty() ? secret.name : secret.target;
    if (!target.starts_with('/')) target.insert(0, directory);
    const bool path = secret.file.starts_with('/') || secret.file.starts_with('.');
    writer.flag("--volume", (path ? "" : "./") + secret.file + ":" + target + ":ro", stated.known);
    if (!secret.uid.empty() || !secret.gid.empty() || !secret.mode.empty())
      writer.notes.cannot(writer.item, stated.origin, "owner and mode of " + printable(secret.name, 120),
                          "a file that is mounted keeps those it has");
  }
}

void devices(const RunWriter& writer) {
  if (writer.item.is(Surface::kubernetes)) {
    for (const Stated<Device>& device : writer.workload().devices)
      writer.notes.cannot(writer.item, device.origin, "device " + printable(device.value.container, 120),
                          "is a block volume of the cluster");
    return;
  }
  for (const Stated<Device>& stated : writer.workload().devices) {
    const Device& device = stated.value;
    std::string text = device.host;
    if (!device.container.empty() || !device.permissions.empty())
      text += ":" + (device.container.empty() ? device.host : device.container);
    if (!device.permissions.empty()) text += ":" + device.permissions;
    writer.flag("--device", text, stated.known);
  }
  writer.texts("--device-cgroup-rule", writer.workload().device_cgroup_rules);
}

}  // namespace

void run_network(const RunWriter& writer) {
  const Workload& workload = writer.workload();
  if (!writer.network_of.empty() && !workload.network_mode.is("host")) {
    // Docker takes nothing else of a network from one that has another's.
    writer.flag("--network", "container:" + writer.network_of.substr(writer.network_of.find(':') + 1));
    for (const Stated<PublishedPort>& port : workload.ports)
      writer.notes.cannot(writer.item, port.origin, "port " + port_text(port.value),
                          "is to be published by the container whose network it shares");
    return;
  }
  for (const Stated<NetworkAttachment>& stated : workload.networks) network(writer, stated);
  const std::string mode = workload.network_mode.value_or("");
  if (workload.networks.empty() && !mode.empty() && mode != "private" && mode != "default") {
    const bool service = mode.starts_with("service:");
    writer.flag("--network", service ? "container:" + mode.substr(8) : mode, workload.network_mode.known());
  }
  ports(writer);
  writer.toggle("--publish-all", workload.publish_all);
  writer.texts("--dns", workload.dns);
  for (const Stated<std::string>& option : workload.dns_options)
    writer.flag(is_dns_search(option) ? "--dns-search" : "--dns-option", option.value, option.known);
  writer.texts("--add-host", workload.extra_hosts);
  writer.texts("--link", workload.links);
}

void run_mounts(const RunWriter& writer) {
  const Workload& workload = writer.workload();
  writer.toggle("--read-only", workload.read_only);
  mounts(writer);
  writer.texts("--volumes-from", workload.volumes_from);
  secrets(writer, workload.secrets, "/run/secrets/");
  secrets(writer, workload.configs, "/");
  devices(writer);
}

}  // namespace oakum::convert
