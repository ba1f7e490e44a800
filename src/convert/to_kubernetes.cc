#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "convert/emit.h"
#include "convert/fields.h"
#include "convert/kube_writer.h"
#include "convert/unmodelled.h"
#include "convert/values.h"

namespace oakum::convert {

namespace {

constexpr std::string_view kName = "app.kubernetes.io/name";

constexpr CannotSay kCannot[] = {
    {"container_name", "pods get names of their own; others reach it by the Service"},
    {"depends_on", "nothing waits: the program must try again until what it needs is there"},
    {"profiles", "leave the object out instead"},
    {"links", "others are reached by the names of their Services"},
    {"volumes_from", "a pod names each volume itself"},
    {"networks", "all pods share one network; say who may talk to whom with a NetworkPolicy"},
    {"publish_all", "a Service names each port"},
    {"devices", "ask for a device plugin's resource under resources.limits"},
    {"device_cgroup_rules", "ask for a device plugin's resource under resources.limits"},
    {"device_requests", "ask for a device plugin's resource, as nvidia.com/gpu, under resources.limits"},
    {"storage_driver_options", "limit ephemeral-storage instead"},
    {"memory_swap", "swap is the node's matter"},
    {"cpu_shares", "follow from the request of processors"},
    {"cpuset", "is the CPU manager's matter"},
    {"pids_limit", "is set for all pods of a node by the kubelet (podPidsLimit)"},
    {"oom_kill_disable", "the kernel may always end a container"},
    {"oom_score_adj", "follows from requests and limits"},
    {"ulimits", "are the container runtime's, for all pods of a node"},
    {"blkio_weight", "has no counterpart"},
    {"init", "build a first process such as tini into the image"},
    {"stop_signal", "is the image's STOPSIGNAL"},
    {"logging", "is the node's matter"},
    {"remove", "a controller removes its pods"},
    {"cgroupns_mode", "is the container runtime's"},
    {"cgroup_parent", "is the kubelet's"},
    {"masked_paths", "the container runtime has its own list"},
    {"readonly_paths", "the container runtime has its own list"},
    {"runtime", "needs a RuntimeClass of the cluster; name it as runtimeClassName"},
};

std::string item_name(const Workload& workload) {
  if (workload.surface == Surface::compose) return dns_label(workload.name);
  if (workload.container_name) return dns_label(*workload.container_name);
  return dns_label(workload.image ? name_of_image(workload.image->repository) : workload.name);
}

bool may_be_label(std::string_view text, bool key) {
  constexpr std::string_view kAlso = "-_.";
  if (key && text.find('/') != std::string_view::npos) {
    const std::string_view prefix = text.substr(0, text.find('/'));
    if (prefix.empty() || prefix.size() > 253 ||
        prefix.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") != std::string_view::npos)
      return false;
    text.remove_prefix(prefix.size() + 1);
  }
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  if (text.empty()) return !key;
  if (text.size() > 63 || !plain(text.front()) || !plain(text.back())) return false;
  return std::ranges::all_of(text, [&](char c) { return plain(c) || kAlso.find(c) != std::string_view::npos; });
}

YamlValue pairs(const Item& item, const List<KeyValue>& list, Notes& notes) {
  KeyedMembers members;
  for (const Stated<KeyValue>& stated : list)
    members.set(stated.value.key, kube_text(item, stated.value.value, stated.known, stated.origin, notes));
  return YamlValue::map(members.take());
}

YamlValue metadata(const KubePod& pod, const std::string& name) {
  const Item& item = pod.first();
  List<KeyValue> annotations = item.workload->annotations;
  Members labels{{std::string(kName), YamlValue(name)}};
  for (auto& label : kube_labels(item, annotations)) labels.push_back(std::move(label));
  Members members{{"labels", YamlValue::map(std::move(labels))}};
  if (!annotations.empty()) members.emplace_back("annotations", pairs(item, annotations, pod.notes));
  return YamlValue::map(std::move(members));
}

Members head(std::string_view api_version, std::string_view kind, const std::string& name) {
  return {{"apiVersion", YamlValue(api_version)},
          {"kind", YamlValue(kind)},
          {"metadata", YamlValue::map({{"name", YamlValue(name)},
                                       {"labels", YamlValue::map({{std::string(kName), YamlValue(name)}})}})}};
}

YamlValue template_of(const KubePod& pod, const std::string& name, YamlValue spec) {
  return YamlValue::map({{"metadata", metadata(pod, name)}, {"spec", std::move(spec)}});
}

// What is to run once is a Job; all else runs for ever.
YamlValue job(const KubePod& pod, const std::string& name, YamlValue spec, const RestartPolicy& restart) {
  spec.members.insert(spec.members.begin(),
                      {"restartPolicy", YamlValue(restart.name == "on-failure" ? "OnFailure" : "Never")});
  Members inner;
  if (restart.name == "no") inner.emplace_back("backoffLimit", YamlValue::integer(0));
  if (restart.name == "on-failure" && restart.max_retries)
    inner.emplace_back("backoffLimit", YamlValue::integer(*restart.max_retries));
  inner.emplace_back("template", template_of(pod, name, std::move(spec)));
  Members members = head("batch/v1", "Job", name);
  members.emplace_back("spec", YamlValue::map(std::move(inner)));
  return YamlValue::map(std::move(members));
}

bool keeps_data(const YamlValue& spec) {
  const auto is_claim = [](const YamlValue& volume) {
    return std::ranges::count(volume.members, "persistentVolumeClaim",
                              [](const auto& member) { return member.first; }) > 0;
  };
  const auto volumes = std::ranges::find(spec.members, "volumes", [](const auto& member) { return member.first; });
  return volumes != spec.members.end() && std::ranges::any_of(volumes->second.items, is_claim);
}

YamlValue deployment(const KubePod& pod, const std::string& name, YamlValue spec) {
  const Workload& workload = *pod.first().workload;
  Members inner;
  inner.emplace_back("replicas", YamlValue::integer(workload.replicas.known() ? *workload.replicas : 1));
  inner.emplace_back("selector",
                     YamlValue::map({{"matchLabels", YamlValue::map({{std::string(kName), YamlValue(name)}})}}));
  // What one node holds at a time cannot be handed over while both run.
  if (keeps_data(spec)) inner.emplace_back("strategy", YamlValue::map({{"type", YamlValue("Recreate")}}));
  inner.emplace_back("template", template_of(pod, name, std::move(spec)));
  Members members = head("apps/v1", "Deployment", name);
  members.emplace_back("spec", YamlValue::map(std::move(inner)));
  return YamlValue::map(std::move(members));
}

YamlValue controller(const KubePod& pod, const std::string& name, YamlValue spec) {
  const Item& item = pod.first();
  const Field<RestartPolicy>& restart = item.workload->restart;
  if (restart.known() && (restart->name == "no" || restart->name == "on-failure"))
    return job(pod, name, std::move(spec), *restart);
  if (!restart || restart->name == "unless-stopped")
    pod.notes.assume(item, restart ? restart.origin() : item.workload->origin, "restart policy",
                     restart ? "unless-stopped is Always: a Deployment knows no other"
                             : "is Always, as every Deployment's; say restart: \"no\" for a Job");
  return deployment(pod, name, std::move(spec));
}

struct ServicePortRow {
  std::uint32_t port, target;
  std::string protocol;
  bool operator==(const ServicePortRow&) const = default;
};

YamlValue service(const std::string& name, const std::string& pod, const std::vector<ServicePortRow>& rows,
                  bool outside) {
  std::vector<YamlValue> ports;
  for (const ServicePortRow& row : rows) {
    std::string upper;
    for (const char c : row.protocol) upper += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    Members members{{"name", YamlValue(row.protocol + "-" + std::to_string(row.port))},
                    {"port", YamlValue::integer(row.port)},
                    {"targetPort", YamlValue::integer(row.target)}};
    if (upper != "TCP") members.emplace_back("protocol", YamlValue(upper));
    ports.push_back(YamlValue::map(std::move(members)));
  }
  Members spec;
  spec.emplace_back("type", YamlValue(outside ? "LoadBalancer" : "ClusterIP"));
  spec.emplace_back("selector", YamlValue::map({{std::string(kName), YamlValue(pod)}}));
  spec.emplace_back("ports", YamlValue::list(std::move(ports)));
  Members members = head("v1", "Service", name);
  members.emplace_back("spec", YamlValue::map(std::move(spec)));
  return YamlValue::map(std::move(members));
}

class PortRows {
 public:
  void add(std::uint32_t first, std::uint32_t last, std::uint32_t target, const std::string& protocol) {
    for (std::uint32_t i = 0; i <= last - first && i < 100; ++i) {
      const ServicePortRow row{first + i, target + i, protocol.empty() ? "tcp" : protocol};
      if (row.port != 0 && seen_.emplace(row.port, row.protocol).second) rows_.push_back(row);
    }
  }
  const std::vector<ServicePortRow>& rows() const { return rows_; }

 private:
  std::vector<ServicePortRow> rows_;
  std::set<std::pair<std::uint32_t, std::string>> seen_;
};

bool is_loopback(std::string_view ip) { return ip.starts_with("127.") || ip == "::1" || ip == "localhost"; }

void note_port(const Item& item, const Stated<PublishedPort>& stated, Notes& notes) {
  const PublishedPort& port = stated.value;
  const std::string what = "port " + printable(port.text.empty() ? port_text(port) : port.text, 80);
  if (is_loopback(port.host_ip)) {
    notes.cannot(item, stated.origin, what, "only the host itself reached it; use kubectl port-forward");
  } else if (!port.host_ip.empty() && port.host_ip != "0.0.0.0" && port.host_ip != "::") {
    notes.cannot(item, stated.origin, "address " + printable(port.host_ip, 80),
                 "a Service is reached at addresses of the cluster");
  } else if (port.host_first == 0) {
    notes.assume(item, stated.origin, what, "the engine would choose a port; the Service has the container's");
  }
}

void services(const KubePod& pod, const std::string& name, std::vector<YamlValue>& objects) {
  PortRows inside, outside;
  for (const Item* item : pod.items) {
    for (const Stated<PublishedPort>& stated : item->workload->ports) {
      const PublishedPort& port = stated.value;
      if (port.container_first == 0) {
        pod.notes.cannot(*item, stated.origin, "port " + printable(port.text, 80), "is not known here");
        continue;
      }
      inside.add(port.container_first, port.container_last, port.container_first, port.protocol);
      note_port(*item, stated, pod.notes);
      if (is_loopback(port.host_ip)) continue;
      const bool chosen =
          port.host_first != 0 && port.host_last - port.host_first == port.container_last - port.container_first;
      outside.add(chosen ? port.host_first : port.container_first, chosen ? port.host_last : port.container_last,
                  port.container_first, port.protocol);
    }
    for (const Stated<ContainerPort>& stated : item->workload->exposed)
      inside.add(stated.value.first, stated.value.last, stated.value.first, stated.value.protocol);
  }
  if (!inside.rows().empty()) objects.push_back(service(name, name, inside.rows(), false));
  if (outside.rows().empty()) return;
  objects.push_back(service(dns_label(name + "-public"), name, outside.rows(), true));
  pod.notes.assume(pod.first(), pod.first().workload->ports.origin, "Service " + name + "-public",
                   "is of type LoadBalancer, since the ports were published to everyone; leave it out when only the "
                   "cluster needs them");
}

// The item whose network this one shares: service:NAME, or container:NAME of one that is here.
const Item* owner_of(const Item& item, const std::vector<Item>& items) {
  const std::string mode = item.workload->network_mode.value_or("");
  const bool service = mode.starts_with("service:");
  if (!service && !mode.starts_with("container:")) return nullptr;
  const std::string name = mode.substr(mode.find(':') + 1);
  for (const Item& other : items) {
    const Workload& workload = *other.workload;
    if (&other == &item || other.project != item.project) continue;
    if (service ? workload.name == name : workload.container_name.is(name)) return &other;
  }
  return nullptr;
}

std::vector<std::vector<const Item*>> pods_of(const std::vector<Item>& items) {
  std::vector<std::vector<const Item*>> pods;
  std::map<const Item*, std::size_t> places;
  for (const Item& item : items) {
    const Item* owner = owner_of(item, items);
    if (owner != nullptr && owner_of(*owner, items) == nullptr) continue;
    places[&item] = pods.size();
    pods.push_back({&item});
  }
  for (const Item& item : items) {
    if (!places.contains(&item)) pods[places[owner_of(item, items)]].push_back(&item);
  }
  return pods;
}

void add_document(std::string& text, const YamlValue& object) {
  if (!text.empty()) text += "---\n";
  text += fix::block_text(object, 0, {}) + "\n";
}

}  // namespace

Members kube_labels(const Item& item, List<KeyValue>& annotations) {
  KeyedMembers labels;
  for (const Stated<KeyValue>& stated : item.workload->labels) {
    const KeyValue& label = stated.value;
    if (label.key == kName) continue;
    if (!stated.known || !may_be_label(label.key, true) || !may_be_label(label.value, false)) {
      annotations.add(label, stated.origin, stated.known);
      continue;
    }
    labels.set(label.key, YamlValue(label.value));
  }
  return labels.take();
}

// In Compose others reach every port of it by its name; a Service has only those it names.
void note_unreachable(const Item& item, const std::vector<Item>& items, Notes& notes) {
  if (!item.workload->ports.empty() || !item.workload->exposed.empty()) return;
  for (const Item& other : items) {
    const auto& needs = other.workload->depends_on;
    if (other.project != item.project ||
        std::ranges::count(needs, item.workload->name, [](const auto& need) { return need.value; }) == 0)
      continue;
    return notes.cannot(item, item.workload->origin, "its name",
                        "no port is written, so that no Service is made: say with `expose:` where " +
                            other.workload->subject + " reaches it");
  }
}

std::string to_kubernetes(std::vector<Item>& items, const Options& options, Notes& notes) {
  UniqueNames names;
  for (Item& item : items) item.name = names.take(item_name(*item.workload), 55);
  KubeObjects beside;
  std::vector<YamlValue> objects;
  for (const std::vector<const Item*>& members : pods_of(items)) {
    KubePod pod{members, {}, {}, options, beside, notes};
    const std::string name = dns_label(pod.first().name);
    YamlValue spec = kube_pod_spec(pod);
    objects.push_back(controller(pod, name, std::move(spec)));
    services(pod, name, objects);
    for (const Item* item : members) {
      note_cannot(*item, kCannot, notes);
      note_unmodelled(*item, Target::kubernetes, notes);
      if (item->is(Surface::compose)) note_unreachable(*item, items, notes);
    }
  }
  std::string text;
  for (const YamlValue& object : beside.before) add_document(text, object);
  for (const YamlValue& object : objects) add_document(text, object);
  return text;
}

}  // namespace oakum::convert
