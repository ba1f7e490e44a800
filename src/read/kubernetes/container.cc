#include "read/kubernetes/container.h"

#include <algorithm>

#include "read/kubernetes/environment.h"
#include "read/kubernetes/probes.h"
#include "read/kubernetes/quantity.h"
#include "read/kubernetes/security.h"

namespace oakum::kubernetes {

namespace {

constexpr std::string_view kKnownKeys[] = {
    "args",          "command", "env",   "envFrom",        "image",        "imagePullPolicy", "lifecycle",
    "livenessProbe", "name",    "ports", "readinessProbe", "resources",    "restartPolicy",   "securityContext",
    "startupProbe",  "stdin",   "tty",   "volumeDevices",  "volumeMounts", "workingDir"};
static_assert(std::ranges::is_sorted(kKnownKeys));

void state_command(Field<CommandLine>& field, const Place& place) {
  if (place) field.state({texts(place), false}, place.origin());
}

void state_bytes(Field<std::int64_t>& field, const Place& place) {
  const auto text = place.text();
  if (!text) return;
  const auto bytes = parse_whole_quantity(*text);
  if (!bytes && place.known()) place.manifest().tell(place.origin().span, place.path() + " is not a quantity");
  if (bytes || !place.known()) field.state(bytes.value_or(0), place.origin(), place.known());
}

void state_cores(Field<double>& field, const Place& place) {
  const auto text = place.text();
  if (!text) return;
  const auto cores = parse_quantity(*text);
  if (!cores && place.known()) place.manifest().tell(place.origin().span, place.path() + " is not a quantity");
  if (cores || !place.known()) field.state(cores.value_or(0), place.origin(), place.known());
}

std::uint32_t port_number(const Place& place) {
  if (!place.known()) return 0;
  const auto number = place.integer();
  return number && *number > 0 && *number <= 65535 ? static_cast<std::uint32_t>(*number) : 0;
}

void read_port(const Place& item, Workload& workload) {
  const Place inside = item.at("containerPort");
  const Place outside = item.at("hostPort");
  const std::uint32_t port = port_number(inside);
  const std::string protocol = item.at("protocol").text().value_or("TCP");
  const std::string lower = protocol == "UDP" ? "udp" : protocol == "SCTP" ? "sctp" : "tcp";
  if (inside) workload.exposed.add({port, port, lower, item.at("name").text_or_empty()}, inside.origin());
  const std::uint32_t host = port_number(outside);
  if (host == 0) return;
  workload.ports.add({.host_ip = item.at("hostIP").text_or_empty(),
                      .host_first = host,
                      .host_last = host,
                      .container_first = port,
                      .container_last = port,
                      .protocol = lower,
                      .text = outside.text_or_empty()},
                     outside.origin());
}

void read_image(const Place& place, Workload& workload) {
  const auto text = place.text();
  if (!text) return;
  ImageReference image = parse_image_reference(*text);
  if (!place.known()) image.variable = true;
  workload.image.state(std::move(image), place.origin(), place.known());
}

void keep_unknown(const Place& container, Workload& workload) {
  for (const auto& [key, value] : container.entries()) {
    if (std::ranges::binary_search(kKnownKeys, key)) continue;
    workload.unmodelled.add({value.path(), std::string(value.node()->text())}, value.key_origin());
  }
}

}  // namespace

void read_resources(const Place& resources, Workload& workload) {
  const Place limits = resources.at("limits");
  const Place requests = resources.at("requests");
  state_bytes(workload.memory, limits.at("memory"));
  state_bytes(workload.memory_reservation, requests.at("memory"));
  state_cores(workload.cpus, limits.at("cpu"));
  state_cores(workload.cpu_reservation, requests.at("cpu"));
  state_bytes(workload.ephemeral_storage, limits.at("ephemeral-storage"));
  state_bytes(workload.ephemeral_storage_request, requests.at("ephemeral-storage"));
  for (const auto& [key, value] : limits.entries()) {
    // Extended resources are those of device plugins: vendor.example/thing.
    if (key.find('/') != std::string::npos) workload.device_requests.add(key, value.key_origin());
  }
}

void read_container(const Place& container, const VolumesByName& volumes, Workload& workload) {
  read_image(container.at("image"), workload);
  state(workload.pull_policy, container.at("imagePullPolicy"));
  state_command(workload.entrypoint, container.at("command"));
  state_command(workload.command, container.at("args"));
  state(workload.working_dir, container.at("workingDir"));
  state(workload.tty, container.at("tty"));
  state(workload.stdin_open, container.at("stdin"));
  read_container_security(container.at("securityContext"), workload);
  const Place of_tekton = container.find("computeResources");
  read_resources(of_tekton ? of_tekton : container.at("resources"), workload);
  read_environment(container, workload);
  read_probes(container, workload);
  read_mounts(container, volumes, workload);
  for (const Place& port : container.at("ports").items()) read_port(port, workload);
  keep_unknown(container, workload);
}

}  // namespace oakum::kubernetes
