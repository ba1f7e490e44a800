#include "read/kubernetes/probes.h"

namespace oakum::kubernetes {

namespace {

constexpr std::string_view kHandlers[] = {"exec", "httpGet", "tcpSocket", "grpc", "sleep"};

void state_probe(Field<Probe>& field, const Place& place) {
  if (!place) return;
  Probe probe;
  for (const std::string_view name : kHandlers) {
    const Place handler = place.at(name);
    if (!handler) continue;
    probe.handler = name;
    const Place port = handler.at("port");
    probe.port = port.text_or_empty();
    if (port) probe.port_origin = port.origin();
    probe.path = handler.at("path").text_or_empty();
    probe.command = texts(handler.at("command"));
    // gRPC has a service in the place of a host; its address is always the pod's.
    const Place host = handler.at("host");
    probe.host = host.text_or_empty();
    if (!probe.host.empty()) probe.host_origin = host.origin();
    break;
  }
  field.state(std::move(probe), place.key_origin());
}

}  // namespace

void read_probes(const Place& container, Workload& workload) {
  state_probe(workload.liveness, container.at("livenessProbe"));
  state_probe(workload.readiness, container.at("readinessProbe"));
  state_probe(workload.startup, container.at("startupProbe"));
  const Place lifecycle = container.at("lifecycle");
  state_probe(workload.post_start, lifecycle.at("postStart"));
  state_probe(workload.pre_stop, lifecycle.at("preStop"));
}

}  // namespace oakum::kubernetes
