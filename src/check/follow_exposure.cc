// What of the host and the network can be reached.
#include <algorithm>
#include <iterator>

#include "check/follow_controls.h"

namespace oakum::check {

namespace {

std::string port_words(const PublishedPort& port) {
  const std::string address = port.host_ip.empty() ? "every address" : port.host_ip;
  const std::string host =
      port.host_first == 0 ? "a port of the engine's choice" : "port " + std::to_string(port.host_first);
  return "publishes " + std::to_string(port.container_first) + " on " + host + " of " + address;
}

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address == "[::1]" || address == "localhost";
}

std::string protocol_list(const std::vector<std::string>& ports) {
  std::string text;
  for (const std::string& port : ports) text += (text.empty() ? "EXPOSE " : " ") + port;
  return text;
}

// EXPOSE publishes nothing by itself, but -P takes all of it.
void add_exposed(const Link& link, FollowOutcome& finding) {
  if (const Dockerfile* file = built_from(link)) {
    if (const Instruction* expose = last_of(*file, InstructionKind::expose))
      finding.add(place_of(link, *file, *expose), "EXPOSE " + expose->text + " (publishes nothing by itself)");
  } else if (const ImageFacts* image = image_of(link); image != nullptr && !image->image.config.exposed_ports.empty()) {
    finding.add("image " + image->name,
                protocol_list(image->image.config.exposed_ports) + " (publishes nothing by itself)");
  }
}

FollowOutcome follow_ports(const Link& link) {
  FollowOutcome finding;
  const Workload& workload = *link.workload;
  finding.add(std::string(kDefault), "no port is published");
  finding.decide(true, "no port is open to every address");
  add_exposed(link, finding);
  for (const Stated<PublishedPort>& port : workload.ports) {
    finding.add(place_of(*link.subjects, port.origin), port.known ? port_words(port.value) : "depends on a variable");
    if (port.known && !is_loopback(port.value.host_ip)) finding.decide(false, "a port is open to the network");
  }
  if (workload.publish_all.is(true)) {
    finding.add(place_of(*link.subjects, workload.publish_all.origin()),
                "publishes every exposed port on every address");
    finding.decide(false, "every exposed port is open to the network");
  }
  if (workload.network_mode.is("host")) {
    finding.add(place_of(*link.subjects, workload.network_mode.origin()),
                "the host's network: every port it listens on");
    finding.decide(false, "every port is open to the network");
  }
  return finding;
}

// Sockets of engines, and the directories that hold them.
bool gives_socket(std::string_view path) {
  constexpr std::string_view kNames[] = {"containerd.sock", "crio.sock", "docker.sock", "podman.sock", "docker_engine"};
  constexpr std::string_view kAbove[] = {"/",         "/run",       "/var", "/var/run", "/run/containerd",
                                         "/run/crio", "/run/podman"};
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  const std::string_view name = path.substr(path.find_last_of("/\\") + 1);
  return std::ranges::find(kNames, name) != std::end(kNames) || std::ranges::find(kAbove, path) != std::end(kAbove);
}

FollowOutcome follow_socket(const Link& link) {
  FollowOutcome finding;
  finding.add(std::string(kDefault), "no socket of an engine is mounted");
  finding.decide(true, "no engine can be reached through a mount");
  for (const Stated<Mount>& mount : link.workload->mounts) {
    const bool of_host = mount.value.kind == MountKind::bind || mount.value.kind == MountKind::npipe;
    const std::string& path = of_host ? mount.value.source : mount.value.bind_in_disguise;
    if (path.empty() || !gives_socket(path)) continue;
    finding.add(place_of(*link.subjects, mount.origin), "mounts " + path);
    finding.decide(false, "whoever runs in it commands the engine");
  }
  return finding;
}

FollowOutcome follow_host_paths(const Link& link) {
  FollowOutcome finding;
  finding.add(std::string(kDefault), "nothing of the host is mounted");
  finding.decide(true, "no path of the host can be written");
  for (const Stated<Mount>& mount : link.workload->mounts) {
    const std::string& path = mount.value.kind == MountKind::bind ? mount.value.source : mount.value.bind_in_disguise;
    if (path.empty()) continue;
    const bool read_only = mount.value.read_only.value_or(false);
    finding.add(place_of(*link.subjects, mount.origin), "mounts " + path + (read_only ? ", read-only" : ", writable"));
    if (!read_only) finding.decide(false, "can write to " + path + " of the host");
  }
  return finding;
}

FollowOutcome follow_devices(const Link& link) {
  FollowOutcome finding;
  const Workload& workload = *link.workload;
  finding.add(std::string(kDefault), "no device of the host");
  finding.decide(true, "no device of the host is given");
  for (const Stated<Device>& device : workload.devices) {
    finding.add(place_of(*link.subjects, device.origin), "device " + device.value.host);
    finding.decide(false, "has devices of the host");
  }
  if (workload.privileged.is(true)) {
    finding.add(place_of(*link.subjects, workload.privileged.origin()), "privileged: every device");
    finding.decide(false, "has every device of the host");
  }
  return finding;
}

struct Namespace {
  std::string_view name;
  Field<std::string> Workload::* mode;
  bool KernelFacts::* shared;
};
constexpr Namespace kNamespaces[] = {
    {"pid", &Workload::pid_mode, &KernelFacts::host_pid},
    {"ipc", &Workload::ipc_mode, &KernelFacts::host_ipc},
    {"network", &Workload::network_mode, &KernelFacts::host_network},
    {"uts", &Workload::uts_mode, &KernelFacts::host_uts},
};

FollowOutcome follow_namespaces(const Link& link) {
  FollowOutcome finding;
  const Workload& workload = *link.workload;
  finding.add(std::string(kDefault), "namespaces of its own");
  std::string shared;
  for (const Namespace& space : kNamespaces) {
    const Field<std::string>& mode = workload.*space.mode;
    add_statements(
        mode, *link.subjects, [&](const std::string& value) { return std::string(space.name) + " " + value; },
        finding.steps);
    const bool is_shared = workload.kernel ? (*workload.kernel).*space.shared : mode.is("host");
    if (is_shared) shared += (shared.empty() ? "" : ", ") + std::string(space.name);
  }
  if (workload.kernel) finding.add("kernel", shared.empty() ? "namespaces of its own" : "of the host: " + shared);
  finding.decide(shared.empty(), shared.empty() ? "shares none of the host's" : "shares the host's " + shared);
  return finding;
}

constexpr ControlRow kRows[] = {
    {{"devices", "none of the host's"}, follow_devices},
    {{"host-paths", "none, or read-only"}, follow_host_paths},
    {{"namespaces", "none of the host's"}, follow_namespaces},
    {{"ports", "none, or on loopback"}, follow_ports},
    {{"runtime-socket", "not mounted"}, follow_socket},
};

}  // namespace

std::span<const ControlRow> exposure_controls() { return kRows; }

}  // namespace oakum::check
