#include "read/kubernetes/pod.h"

#include <algorithm>

#include "base/text.h"
#include "read/kubernetes/container.h"
#include "read/kubernetes/pod_paths.h"
#include "read/kubernetes/security.h"
#include "read/kubernetes/volumes.h"

namespace oakum::kubernetes {

namespace {

using Role = PodFacts::Role;

// hostPID and its like: true is Docker's "host".
void state_namespace(Field<std::string>& field, const Place& place) {
  if (!place.known()) return field.state(place.text_or_empty(), place.origin(), false);
  if (const auto host = place.boolean()) field.state(*host ? "host" : "private", place.origin());
}

void read_restart(const Place& place, Workload& workload) {
  const std::string word = place.text_or_empty();
  std::string name = "always";
  if (word == "OnFailure") name = "on-failure";
  if (word == "Never") name = "no";
  if (!word.empty()) workload.restart.state({std::move(name), {}}, place.origin(), place.known());
}

void read_host_aliases(const Place& place, Workload& workload) {
  if (!place) return;
  workload.pod->host_aliases.state(true, place.key_origin());
  for (const Place& item : place.items()) {
    const std::string address = item.at("ip").text_or_empty();
    for (const Place& name : item.at("hostnames").items()) {
      workload.extra_hosts.add(name.text_or_empty() + ":" + address, name.origin());
    }
  }
}

void read_dns(const Place& place, Workload& workload) {
  state(workload.dns, place.at("nameservers"));
  for (const Place& item : place.at("options").items()) {
    const std::string value = item.at("value").text_or_empty();
    workload.dns_options.add(item.at("name").text_or_empty() + (value.empty() ? "" : ":" + value), item.origin());
  }
}

void read_platform(const Place& selector, Workload& workload) {
  const Place system = selector.find("kubernetes.io/os");
  const Place machine = selector.find("kubernetes.io/arch");
  if (!system && !machine) return;
  std::string platform = system ? system.text_or_empty() : "linux";
  if (machine) platform += "/" + machine.text_or_empty();
  workload.platform.state(std::move(platform), (system ? system : machine).origin());
}

void read_pod_fields(const Place& spec, Workload& workload) {
  PodFacts& pod = *workload.pod;
  // "serviceAccount" is the deprecated name of the field; the new one wins.
  state(pod.service_account, spec.at("serviceAccount"));
  state(pod.service_account, spec.at("serviceAccountName"));
  state(pod.automount_token, spec.at("automountServiceAccountToken"));
  state(pod.os, spec.at("os").at("name"));
  state(pod.node_name, spec.at("nodeName"));
  state(pod.priority_class, spec.at("priorityClassName"));
  state_namespace(workload.pid_mode, spec.at("hostPID"));
  state_namespace(workload.ipc_mode, spec.at("hostIPC"));
  state_namespace(workload.network_mode, spec.at("hostNetwork"));
  if (const Place users = spec.at("hostUsers")) state_namespace(workload.userns_mode, users);
  state(workload.share_process_namespace, spec.at("shareProcessNamespace"));
  state(workload.hostname, spec.at("hostname"));
  state(workload.runtime, spec.at("runtimeClassName"));
  if (const Place grace = spec.at("terminationGracePeriodSeconds"); const auto seconds = grace.integer()) {
    workload.stop_grace_period.state(std::to_string(*seconds) + "s", grace.origin());
  }
  read_restart(spec.at("restartPolicy"), workload);
  read_host_aliases(spec.at("hostAliases"), workload);
  read_dns(spec.at("dnsConfig"), workload);
  read_platform(spec.at("nodeSelector"), workload);
  read_pod_security(spec.at("securityContext"), workload);
  read_resources(spec.at("resources"), workload);
}

// What each container gets a copy of.
std::size_t weight(const Workload& workload) {
  std::size_t bytes = sizeof(Workload) + workload.pod->volumes.items.size() * sizeof(Stated<Mount>);
  for (const auto* list : {&workload.labels, &workload.annotations, &workload.sysctls}) {
    for (const auto& item : *list) {
      bytes += sizeof(item) + item.value.key.size() + item.value.value.size() + item.origin.node.size();
    }
  }
  for (const auto& volume : workload.pod->volumes) bytes += volume.origin.node.size() + volume.value.source.size();
  for (const auto* list : {&workload.dns, &workload.extra_hosts, &workload.extra_groups}) {
    for (const auto& item : *list) bytes += sizeof(item) + item.value.size() + item.origin.node.size();
  }
  return bytes;
}

// The container itself: its first key, since its whole text would be pages.
Origin origin_of(const Place& container) {
  Origin origin = container.origin();
  if (!container.node()->members.empty()) origin.span = container.node()->members.front().key_span;
  return origin;
}

struct ContainerList {
  std::string_view key;
  Role role;
};
constexpr ContainerList kLists[] = {
    {"initContainers", Role::init},
    {"containers", Role::main},
    {"ephemeralContainers", Role::ephemeral},
};

std::string called(Role role) {
  switch (role) {
    case Role::init:
      return "init container";
    case Role::sidecar:
      return "sidecar container";
    case Role::ephemeral:
      return "ephemeral container";
    case Role::main:
      break;
  }
  return "container";
}

class PodReader {
 public:
  PodReader(const PodPlace& place, KubernetesObject& object, Subjects& subjects)
      : place_(place), object_(object), subjects_(subjects) {}

  void read() {
    if (!place_.spec) return;
    read_shared();
    for (const ContainerList& list : kLists) {
      const std::vector<Place> containers = place_.spec.at(list.key).items();
      if (containers.size() > kMaxContainers) {
        place_.spec.manifest().tell(place_.spec.find(list.key).key_span(), "more than 1,000 containers; none was read");
        continue;
      }
      for (const Place& container : containers) read_one(container, list.role, {});
    }
    for (const LooseContainer& loose : place_.containers) read_one(loose.place, loose.role, loose.name);
  }

 private:
  void read_shared() {
    shared_.surface = Surface::kubernetes;
    shared_.engine = Engine::kubernetes;
    PodFacts& pod = shared_.pod.emplace();
    pod.kind = object_.kind;
    pod.api_version = object_.api_version;
    pod.object = object_.name;
    pod.name_space = object_.name_space;
    pod.selector = object_.selector.match_labels;
    pod.labels = pairs(place_.metadata.at("labels"));
    pod.pod_spec = place_.spec.origin();
    pod.replicas = object_.replicas;
    shared_.replicas = object_.replicas;
    object_.pod_labels = pod.labels;
    state(shared_.labels, place_.metadata.at("labels"));
    state(shared_.annotations, place_.metadata.at("annotations"));
    for (const Place& spec : place_.around) read_pod_fields(spec, shared_);
    read_pod_fields(place_.spec, shared_);
    volumes_ = read_volumes(place_.spec.at("volumes"), pod.volumes);
    for (const Place& spec : place_.around) volumes_.merge(read_volumes(spec.at("volumes"), pod.volumes));
    weight_ = weight(shared_);
  }

  void read_one(const Place& container, Role role, const std::string& other_name) {
    if (container.entries().empty() || !container.manifest().spend(weight_)) return;
    Workload workload = shared_;
    workload.name = container.at("name").text().value_or(other_name);
    workload.origin = origin_of(container);
    if (role == Role::init && container.at("restartPolicy").text_or_empty() == "Always") role = Role::sidecar;
    workload.pod->role = role;
    workload.subject = called(role) + (workload.name.empty() ? "" : " \"" + printable(workload.name, 80) + "\"") +
                       " of " + printable(object_.kind, 80) + " \"" + printable(object_.name, 80) + "\"";
    read_apparmor_annotation(workload.name, workload);
    read_container(container, volumes_, workload);
    object_.workloads.push_back(subjects_.workloads.size());
    subjects_.workloads.push_back(std::move(workload));
  }

  const PodPlace& place_;
  KubernetesObject& object_;
  Subjects& subjects_;
  Workload shared_;
  VolumesByName volumes_;
  std::size_t weight_ = 0;
};

}  // namespace

void read_pods(const Place& document, KubernetesObject& object, Subjects& subjects) {
  for (const PodPlace& place : find_pods(document, object.kind)) PodReader(place, object, subjects).read();
}

}  // namespace oakum::kubernetes
