// What reaches pods: Service, Ingress, NetworkPolicy.
#include <algorithm>
#include <optional>

#include "base/text.h"
#include "read/kubernetes/object.h"

namespace oakum::kubernetes {

namespace {

std::uint32_t port_number(const Place& place) {
  const auto number = place.known() ? place.integer() : std::nullopt;
  return number && *number > 0 && *number <= 65535 ? static_cast<std::uint32_t>(*number) : 0;
}

bool is_mapping(const Place& place) { return place && place.node()->kind == yaml::Node::Kind::mapping; }

bool is_everybody(const Place& peer) {
  const Place block = peer.at("ipBlock");
  const std::string range = block.at("cidr").text_or_empty();
  return (range == "0.0.0.0/0" || range == "::/0") && block.at("except").items().empty();
}

// No list, or an empty one, of peers is everybody; of ports, every port.
bool is_open(const Place& rule, std::string_view peers) {
  if (!is_mapping(rule) || !rule.at("ports").items().empty()) return false;
  const Place list = rule.at(peers);
  const std::vector<Place> named = list.items();  // tells of what is no list
  if (list && list.node()->kind != yaml::Node::Kind::sequence) return false;
  return named.empty() || std::ranges::any_of(named, is_everybody);
}

// The first rule that lets everything through.
std::optional<Origin> open_rule(const Place& rules, std::string_view peers) {
  for (const Place& rule : rules.items()) {
    if (is_open(rule, peers)) return rule.origin();
  }
  return std::nullopt;
}

void read_backend(const Place& backend, KubernetesObject& object) {
  const Place current = backend.at("service").at("name");
  const Place before_v1 = backend.at("serviceName");
  const Place& name = current ? current : before_v1;
  if (const auto text = name.text()) object.ingress_backends.add(*text, name.origin(), name.known());
}

}  // namespace

void read_network_policy(const Place& document, KubernetesObject& object) {
  const Place spec = document.at("spec");
  state(object.policy_types, spec.at("policyTypes"));
  object.allows_all_egress = open_rule(spec.at("egress"), "to").has_value();
  const auto ingress = open_rule(spec.at("ingress"), "from");
  object.allows_all_ingress = ingress.has_value();
  if (ingress) object.all_ingress = *ingress;
}

void read_service(const Place& document, KubernetesObject& object) {
  const Place spec = document.at("spec");
  state(object.service_type, spec.at("type"));
  state(object.external_ips, spec.at("externalIPs"));
  for (const Place& item : spec.at("ports").items()) {
    ServicePort port;
    port.name = item.at("name").text_or_empty();
    port.protocol = to_lower(item.at("protocol").text().value_or("TCP"));
    port.target_port = item.at("targetPort").text_or_empty();
    port.port = port_number(item.at("port"));
    port.node_port = port_number(item.at("nodePort"));
    object.service_ports.add(std::move(port), item.origin());
  }
}

void read_ingress(const Place& document, KubernetesObject& object) {
  const Place spec = document.at("spec");
  object.ingress_tls = !spec.at("tls").items().empty();
  read_backend(spec.at("defaultBackend"), object);
  read_backend(spec.at("backend"), object);
  for (const Place& rule : spec.at("rules").items()) {
    const Place host = rule.at("host");
    if (const auto name = host.text()) object.ingress_hosts.add(*name, host.origin(), host.known());
    for (const Place& path : rule.at("http").at("paths").items()) read_backend(path.at("backend"), object);
  }
}

}  // namespace oakum::kubernetes
