// A policy behind the object's own document, where those of other objects do not meet it: it selects the object's pods,
// and lets in what its Services say is served.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/text.h"
#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

constexpr std::size_t kMaxObjects = 2000;  // each finding looks at all of them

struct Served {
  std::string port, protocol;  // a number or a name; "TCP"
  bool operator<(const Served& other) const { return std::tie(port, protocol) < std::tie(other.port, other.protocol); }
};

struct Openings {
  std::set<Served> near;  // for pods of the same namespace
  std::set<Served> far;   // for everybody
};

bool is_behind_ingress(const KubernetesObject& service, const Subjects& subjects) {
  return std::ranges::any_of(subjects.objects, [&](const KubernetesObject& object) {
    return may_share_namespace(object.name_space, service.name_space) &&
           std::ranges::any_of(object.ingress_backends, [&](const auto& name) { return name.value == service.name; });
  });
}

// "TCP": the model has it in lower case.
std::string protocol_of(std::string_view name) { return name == "udp" ? "UDP" : name == "sctp" ? "SCTP" : "TCP"; }

Served served_by(const ServicePort& port) {
  return {port.target_port.empty() ? std::to_string(port.port) : port.target_port, protocol_of(port.protocol)};
}

Openings openings_of(const KubernetesObject& object, const PodFacts& pod, const Subjects& subjects) {
  Openings result;
  bool has_service = false;
  for (const KubernetesObject& service : subjects.objects) {
    if (service.kind != "Service" || service.selector.empty() || !service.selector.matches(pod.labels)) continue;
    if (!may_share_namespace(service.name_space, object.name_space)) continue;
    has_service = true;
    const bool outside = service.service_type.is("NodePort") || service.service_type.is("LoadBalancer") ||
                         is_behind_ingress(service, subjects);
    for (const auto& port : service.service_ports) (outside ? result.far : result.near).insert(served_by(port.value));
  }
  if (has_service) return result;
  // Without a Service the ports that the containers name are all that is known.
  for (const std::size_t index : object.workloads) {
    for (const auto& port : subjects.workloads[index].exposed)
      result.near.insert({std::to_string(port.value.first), protocol_of(port.value.protocol)});
  }
  return result;
}

YamlValue ports_of(const std::set<Served>& served) {
  std::vector<YamlValue> ports;
  for (const Served& one : served) {
    const bool number = parse_number<std::uint32_t>(one.port).has_value();
    ports.push_back(YamlValue::map(
        {{"protocol", one.protocol}, {"port", number ? YamlValue::plain(one.port) : YamlValue(one.port)}}));
  }
  return YamlValue::list(std::move(ports));
}

YamlValue rules_of(const Openings& openings) {
  std::vector<YamlValue> rules;
  if (!openings.near.empty()) {
    const YamlValue own_namespace = YamlValue::list({YamlValue::map({{"podSelector", YamlValue::map({})}})});
    rules.push_back(YamlValue::map({{"from", own_namespace}, {"ports", ports_of(openings.near)}}));
  }
  if (!openings.far.empty()) rules.push_back(YamlValue::map({{"ports", ports_of(openings.far)}}));
  return YamlValue::list(std::move(rules));
}

YamlValue labels_of(const std::vector<KeyValue>& labels) {
  std::vector<std::pair<std::string, YamlValue>> members;
  for (const KeyValue& label : labels) members.emplace_back(label.key, label.value);
  return YamlValue::map(std::move(members));
}

YamlValue policy_for(const KubernetesObject& object, const PodFacts& pod, const Subjects& subjects) {
  std::vector<std::pair<std::string, YamlValue>> metadata = {{"name", object.name}};
  if (!object.name_space.empty()) metadata.emplace_back("namespace", object.name_space);
  // The controller's own labels are those that no other pod has.
  const auto& labels = object.selector.match_labels.empty() ? pod.labels : object.selector.match_labels;
  const YamlValue selector = YamlValue::map({{"matchLabels", labels_of(labels)}});
  return YamlValue::map({{"apiVersion", "networking.k8s.io/v1"},
                         {"kind", "NetworkPolicy"},
                         {"metadata", YamlValue::map(std::move(metadata))},
                         {"spec", YamlValue::map({{"podSelector", selector},
                                                  {"policyTypes", YamlValue::list({"Ingress"})},
                                                  {"ingress", rules_of(openings_of(object, pod, subjects))}})}});
}

bool is_there(const KubernetesObject& object, const Subjects& subjects) {
  return std::ranges::any_of(subjects.objects, [&](const KubernetesObject& other) {
    return other.kind == "NetworkPolicy" && other.name == object.name &&
           may_share_namespace(other.name_space, object.name_space);
  });
}

Planned plan(const Finding& finding, const Context& context) {
  const Subjects& subjects = context.subjects;
  const KubernetesObject* object = object_of(finding, subjects);
  const auto pods = object == nullptr ? std::vector<const Workload*>() : pods_of(*object, subjects);
  if (pods.empty()) return refuse("what it is about is not among what was read");
  const std::string by_hand = ": write a NetworkPolicy that selects its pods";
  if (subjects.objects.size() > kMaxObjects) return refuse("there are too many objects to compare" + by_hand);
  if (pods.size() > 1) return refuse("it has several kinds of pods" + by_hand);
  if (object->name.empty() || pods.front()->pod->labels.empty())
    return refuse("its pods have no labels to select them by: give them some");
  if (is_there(*object, subjects)) return refuse("a policy of its name is there already" + by_hand);
  auto open = open_object(finding, context);
  if (!open) return std::unexpected(std::move(open.error()));
  if (open->yaml().root().style == yaml::Node::Style::flow)
    return refuse("a JSON file holds one object only" + by_hand);
  const YamlEditor::Done done = open->yaml().append_document(policy_for(*object, *pods.front()->pod, subjects));
  const Openings openings = openings_of(*object, *pods.front()->pod, subjects);
  const std::string_view let_in = openings.far.empty() && openings.near.empty()
                                      ? "no Service or port here says how it is reached, so nothing is let in: write "
                                        "below ingress: what has to be"
                                      : "only what its Services or ports name is let in";
  return finished(*open, done,
                  std::string(let_in) + "; say under policyTypes: [Egress] what it may reach, once that is known");
}

}  // namespace

extern constinit const Remedy network_policy{"network-policy", plan};

}  // namespace oakum::fix::kubernetes
