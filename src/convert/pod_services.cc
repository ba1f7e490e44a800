#include "convert/pod_services.h"

#include <algorithm>

#include "base/text.h"
#include "convert/names.h"
#include "convert/object_rest.h"
#include "convert/values.h"

namespace oakum::convert {

namespace {

using Role = PodFacts::Role;

YamlValue& member(Members& members, const std::string& key, const YamlValue& fresh) {
  const auto found = std::ranges::find(members, key, [](const auto& each) { return each.first; });
  if (found != members.end()) return found->second;
  // Where people look for it: behind image, command and variables.
  const auto at = std::ranges::find_if(members, [](const auto& each) {
    return each.first == "network_mode" || each.first == "read_only" || each.first == "volumes" ||
           each.first == "tmpfs" || each.first == "cap_drop" || each.first == "security_opt" ||
           each.first == "mem_limit" || each.first == "restart";
  });
  return members.emplace(at, key, fresh)->second;
}

void add_once(Members& members, const std::string& key, const std::string& text) {
  YamlValue& list = member(members, key, YamlValue::list({}));
  const YamlValue value(text);
  if (std::ranges::find(list.items, value) == list.items.end()) list.items.push_back(value);
}

// The container's port that a Service leads to; "" when it is a name that the container does not have.
std::string target_of(const ServicePort& port, const Workload& workload) {
  if (port.target_port.empty()) return std::to_string(port.port);
  if (parse_number<std::uint16_t>(port.target_port)) return port.target_port;
  for (const Stated<ContainerPort>& stated : workload.exposed) {
    if (stated.value.name == port.target_port) return std::to_string(stated.value.first);
  }
  return {};
}

std::string protocol_suffix(const ServicePort& port) {
  const std::string protocol = to_lower(port.protocol);
  return protocol.empty() || protocol == "tcp" ? "" : "/" + protocol;
}

bool selects(const KubernetesObject& service, const Item& item) {
  return service.kind == "Service" && !service.selector.empty() && item.workload->pod &&
         service.name_space == item.workload->pod->name_space && service.selector.matches(item.workload->pod->labels);
}

void publish_ports(const KubernetesObject& service, const Workload& workload, Members& members) {
  const std::string type = service.service_type.value_or("ClusterIP");
  const bool outside = type == "NodePort" || type == "LoadBalancer";
  for (const Stated<ServicePort>& stated : service.service_ports) {
    const std::string target = target_of(stated.value, workload);
    if (target.empty()) continue;
    const std::uint32_t port =
        type == "NodePort" && stated.value.node_port != 0 ? stated.value.node_port : stated.value.port;
    const std::string suffix = protocol_suffix(stated.value);
    if (outside) {
      add_once(members, "ports", std::to_string(port) + ":" + target + suffix);
    } else {
      add_once(members, "expose", target + suffix);
    }
  }
}

// A port that is published is reached by the others, too.
void drop_published(Members& members) {
  const auto by_key = [](const auto& each) { return each.first; };
  const auto ports = std::ranges::find(members, std::string("ports"), by_key);
  const auto exposed = std::ranges::find(members, std::string("expose"), by_key);
  if (ports == members.end() || exposed == members.end()) return;
  std::erase_if(exposed->second.items, [&](const YamlValue& port) {
    return std::ranges::any_of(ports->second.items,
                               [&](const YamlValue& each) { return each.text.ends_with(":" + port.text); });
  });
  if (exposed->second.items.empty()) members.erase(exposed);
}

}  // namespace

PodServices::PodServices(const std::vector<Item>& items, Notes& notes) : items_(items) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].object == nullptr) continue;
    Pod& pod = pods_[items[i].object];
    const auto is_main = [&](std::size_t at) { return items[at].workload->pod->role == Role::main; };
    if (pod.members.empty() || (!is_main(pod.first) && is_main(i))) pod.first = i;
    pod.members.push_back(i);
    if (pod.members.size() == 1) note_object_rest(items[i], Target::compose, notes);
  }
  note_other_objects(items, Target::compose, notes);
}

const PodServices::Pod* PodServices::pod_of(const Item& item) const {
  const auto found = item.object == nullptr ? pods_.end() : pods_.find(item.object);
  return found == pods_.end() ? nullptr : &found->second;
}

std::optional<std::string> PodServices::name_of(const Item& item) const {
  const Pod* pod = pod_of(item);
  if (pod == nullptr) return std::nullopt;
  const std::string& object = item.workload->pod->object;
  const std::string& name = item.workload->name;
  if (pod->members.size() == 1 || items_[pod->first].workload == item.workload)
    return compose_name(object.empty() ? name : object);
  return compose_name(object + "-" + name);
}

std::string PodServices::network_of(const Item& item) const {
  const Pod* pod = pod_of(item);
  if (pod == nullptr || items_[pod->first].workload == item.workload) return {};
  if (item.workload->pod->role == Role::init) return {};  // is over before the network's owner starts
  return "service:" + items_[pod->first].name;
}

std::vector<std::string> PodServices::shared_of(const Item& item) const {
  const Pod* pod = pod_of(item);
  std::vector<std::string> shared;
  if (pod == nullptr || pod->members.size() < 2) return shared;
  std::map<std::string, std::size_t> uses;
  for (const std::size_t at : pod->members) {
    for (const Stated<Mount>& mount : items_[at].workload->mounts) {
      if (++uses[mount.value.name] == 2) shared.push_back(mount.value.name);
    }
  }
  return shared;
}

void PodServices::order(const Item& item, const Pod& pod, Members& service) const {
  Members waits;
  for (const std::size_t at : pod.members) {
    const Item& other = items_[at];
    if (other.workload == item.workload) {
      if (item.workload->pod->role == Role::init) break;  // one after another
      continue;
    }
    if (other.workload->pod->role == Role::init)
      waits.emplace_back(other.name, YamlValue::map({{"condition", YamlValue("service_completed_successfully")}}));
  }
  if (!waits.empty()) member(service, "depends_on", YamlValue::map(std::move(waits)));
}

void PodServices::publish(const Item& item, Members& service) const {
  std::vector<YamlValue> aliases;
  for (const KubernetesObject& object : item.subjects->objects) {
    if (!selects(object, item)) continue;
    publish_ports(object, *item.workload, service);
    if (object.name != item.name && object.name != item.name + "-public")
      aliases.emplace_back(compose_name(object.name));
  }
  drop_published(service);
  if (aliases.empty() || item.workload->network_mode.is("host")) return;
  YamlValue network = YamlValue::map({{"aliases", YamlValue::list(std::move(aliases))}});
  member(service, "networks", YamlValue::map({{"default", std::move(network)}}));
}

void PodServices::complete(const Item& item, Members& service) const {
  const Pod* pod = pod_of(item);
  if (pod == nullptr) return;
  order(item, *pod, service);
  if (items_[pod->first].workload == item.workload) publish(item, service);
}

}  // namespace oakum::convert
