// Namespaces and network.
#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "read/engine/inspect.h"

namespace oakum::engine {

namespace {

using net::Json;
using net::member;
using net::string_member;

struct ModeMember {
  const char* key;
  Field<std::string> Workload::* field;
  // What the engines write when nothing was asked for.
  std::string_view docker_default, podman_default;
};

constexpr ModeMember kModes[] = {
    {"PidMode", &Workload::pid_mode, "", "private"},    {"IpcMode", &Workload::ipc_mode, "private", "shareable"},
    {"UTSMode", &Workload::uts_mode, "", "private"},    {"UsernsMode", &Workload::userns_mode, "", ""},
    {"CgroupParent", &Workload::cgroup_parent, "", ""},
};

void read_modes(const Inspection& from, Workload& to) {
  for (const ModeMember& mode : kModes) {
    std::string text = string_member(from.host(), mode.key);
    if (text.empty() || text == (from.podman() ? mode.podman_default : mode.docker_default)) continue;
    (to.*mode.field).state(std::move(text), from.at(std::string("HostConfig.") + mode.key));
  }
}

// With cgroup v1 both engines share the host's cgroup namespace by default, with v2 neither does.
void read_cgroup_mode(const Inspection& from, Workload& to) {
  for (const char* key : {"CgroupnsMode", "CgroupMode"}) {
    std::string text = string_member(from.host(), key);
    if (text.empty() || text == "private" || text == from.daemon.default_cgroupns) continue;
    to.cgroupns_mode.state(std::move(text), from.at(std::string("HostConfig.") + key));
  }
}

bool is_default_network(const Inspection& from, std::string_view mode) {
  if (mode.empty() || mode == "default" || mode == "bridge") return true;
  return from.podman() && (mode == "podman" || mode == "pasta" || mode.starts_with("slirp4netns"));
}

NetworkAttachment attachment_of(const std::string& name, const Json& entry) {
  NetworkAttachment network{.name = name, .aliases = net::strings_member(entry, "Aliases")};
  const Json& fixed = member(entry, "IPAMConfig");
  network.ipv4 = string_member(fixed, "IPv4Address");
  network.ipv6 = string_member(fixed, "IPv6Address");
  return network;
}

void read_networks(const Inspection& from, Workload& to) {
  const std::string mode = string_member(from.host(), "NetworkMode");
  if (!is_default_network(from, mode)) to.network_mode.state(mode, from.at("HostConfig.NetworkMode"));
  const Json& networks = member(member(from.document, "NetworkSettings"), "Networks");
  if (!networks.is_object()) return;
  for (const auto& [name, entry] : networks.items()) {
    if (name == mode || name == "none" || name == "host" || is_default_network(from, name)) continue;
    if (to.networks.items.size() == kMaxItems) return;
    to.networks.add(attachment_of(name, entry), from.at("NetworkSettings.Networks[\"" + name + "\"]"));
  }
}

// "80/tcp": number and protocol.
std::pair<std::uint32_t, std::string> port_of(std::string_view text) {
  const std::string_view number = next_field(text, '/');
  return {parse_number<std::uint16_t>(number).value_or(0), text.empty() ? "tcp" : std::string(text)};
}

void name_port(PublishedPort& port) {
  const auto range = [](std::uint32_t first, std::uint32_t last) {
    return first == last ? std::to_string(first) : std::to_string(first) + "-" + std::to_string(last);
  };
  port.text = range(port.container_first, port.container_last);
  if (port.host_first != 0 || !port.host_ip.empty())
    port.text = (port.host_first == 0 ? std::string() : range(port.host_first, port.host_last)) + ":" + port.text;
  if (!port.host_ip.empty()) port.text = port.host_ip + ":" + port.text;
  if (port.protocol != "tcp") port.text += "/" + port.protocol;
}

bool follows(const PublishedPort& next, const PublishedPort& port) {
  return next.host_ip == port.host_ip && next.protocol == port.protocol && port.host_last != 0 &&
         next.host_first == port.host_last + 1 && next.container_first == port.container_last + 1;
}

// `-p 8000-8010:80-90` is kept by the engine as eleven ports.
void add_ports(const Inspection& from, std::vector<PublishedPort> ports, Workload& to) {
  std::ranges::sort(ports, [](const PublishedPort& a, const PublishedPort& b) {
    return std::tie(a.host_ip, a.protocol, a.container_first, a.host_first) <
           std::tie(b.host_ip, b.protocol, b.container_first, b.host_first);
  });
  std::vector<PublishedPort> ranges;
  for (PublishedPort& port : ports) {
    if (!ranges.empty() && follows(port, ranges.back())) {
      ranges.back().host_last = port.host_last;
      ranges.back().container_last = port.container_last;
    } else {
      ranges.push_back(std::move(port));
    }
  }
  for (PublishedPort& port : ranges) {
    const std::string node = "HostConfig.PortBindings[\"" + std::to_string(port.container_first) + "/" + port.protocol;
    name_port(port);
    to.ports.add(std::move(port), from.at(node + "\"]"));
  }
}

void read_published(const Inspection& from, Workload& to) {
  const Json& bindings = member(from.host(), "PortBindings");
  if (!bindings.is_object()) return;
  std::vector<PublishedPort> ports;
  for (const auto& [key, places] : bindings.items()) {
    const auto [number, protocol] = port_of(key);
    if (number == 0 || !places.is_array()) continue;
    for (const Json& place : places) {
      if (ports.size() == kMaxItems) break;
      PublishedPort port{.container_first = number, .container_last = number, .protocol = protocol};
      port.host_ip = string_member(place, "HostIp");
      port.host_first = parse_number<std::uint16_t>(string_member(place, "HostPort")).value_or(0);
      port.host_last = port.host_first;
      ports.push_back(std::move(port));
    }
  }
  add_ports(from, std::move(ports), to);
}

// Published ports and those of the image's EXPOSE are listed among the exposed ones too.
void read_exposed(const Inspection& from, Workload& to) {
  const Json& bindings = member(from.host(), "PortBindings");
  const Json& inherited = member(from.image_config, "ExposedPorts");
  for (const std::string& key : net::keys_member(from.config(), "ExposedPorts")) {
    if (!member(bindings, key.c_str()).is_null() || !member(inherited, key.c_str()).is_null()) continue;
    const auto [number, protocol] = port_of(key);
    if (number == 0 || to.exposed.items.size() == kMaxItems) continue;
    to.exposed.add({number, number, protocol, {}}, from.at("Config.ExposedPorts[\"" + key + "\"]"));
  }
}

}  // namespace

void read_namespaces(const Inspection& from, Workload& to) {
  read_modes(from, to);
  read_cgroup_mode(from, to);
  read_networks(from, to);
  read_published(from, to);
  read_exposed(from, to);
  if (net::bool_member(from.host(), "PublishAllPorts"))
    to.publish_all.state(true, from.at("HostConfig.PublishAllPorts"));
  add_strings(from, from.host(), "Dns", "HostConfig", to.dns);
  add_strings(from, from.host(), "DnsOptions", "HostConfig", to.dns_options);
  add_strings(from, from.host(), "ExtraHosts", "HostConfig", to.extra_hosts);
  add_strings(from, from.host(), "Links", "HostConfig", to.links);
  const std::string hostname = string_member(from.config(), "Hostname");
  const std::string id = string_member(from.document, "Id");
  if (!hostname.empty() && !id.starts_with(hostname) && to.network_mode.value_or("") != "host")
    to.hostname.state(hostname, from.at("Config.Hostname"));
}

}  // namespace oakum::engine
