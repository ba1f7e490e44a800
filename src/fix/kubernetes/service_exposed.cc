#include <algorithm>

#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

// The API server refuses these in a service of type ClusterIP.
constexpr const char* kOnlyOutside[] = {"allocateLoadBalancerNodePorts",
                                        "externalTrafficPolicy",
                                        "healthCheckNodePort",
                                        "loadBalancerClass",
                                        "loadBalancerIP",
                                        "loadBalancerSourceRanges"};

YamlEditor::Done drop_node_ports(OpenObject& object) {
  const YamlPath ports = object.in_object({"spec", "ports"});
  const yaml::Node* list = object.yaml().find(ports);
  const std::size_t count = list == nullptr ? 0 : list->items.size();
  for (std::size_t i = 0; i < count; ++i) {
    const YamlPath port = with(ports, {YamlStep(i), "nodePort"});
    if (auto done = object.yaml().remove(port, port.size()); !done) return done;
  }
  return {};
}

bool is_way_in(const KubernetesObject& service) {
  return kubernetes::is_way_in(service.name) ||
         std::ranges::any_of(service.selector.match_labels,
                             [&](const KeyValue& label) { return kubernetes::is_way_in(label.value); });
}

Planned plan(const Finding& finding, const Context& context) {
  auto object = open_object(finding, context);
  if (!object) return std::unexpected(std::move(object.error()));
  if (is_way_in(*object->object))
    return refuse(
        "it is the way into the cluster itself, by its name: limit who may use it by loadBalancerSourceRanges");
  YamlEditor::Done done = object->yaml().set(object->in_object({"spec", "type"}), "ClusterIP");
  if (done) done = drop_node_ports(*object);
  for (const char* key : kOnlyOutside) {
    const YamlPath path = object->in_object({"spec", key});
    if (done) done = object->yaml().remove(path, path.size());
  }
  return finished(*object, done, "it is reached from inside the cluster only: put an Ingress or a Gateway in front");
}

}  // namespace

extern constinit const Remedy service_exposed{"service-exposed", plan};

}  // namespace oakum::fix::kubernetes
