#include "convert/object_rest.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"

namespace oakum::convert {

namespace {

// Paths that emitters look at, without indexes, below the pod spec; each stands for what is below it too.
constexpr std::string_view kPod[] = {
    "containers",
    "initContainers",
    "ephemeralContainers",
    "volumes",
    "hostPID",
    "hostIPC",
    "hostNetwork",
    "hostUsers",
    "hostname",
    "restartPolicy",
    "hostAliases",
    "dnsConfig.nameservers",
    "dnsConfig.options",
    "securityContext.runAsUser",
    "securityContext.runAsGroup",
    "securityContext.runAsNonRoot",
    "securityContext.seccompProfile",
    "securityContext.appArmorProfile",
    "securityContext.seLinuxOptions",
    "securityContext.supplementalGroups",
    "securityContext.sysctls",
    "shareProcessNamespace",
    "terminationGracePeriodSeconds",
    "automountServiceAccountToken",
    "enableServiceLinks",
    "os.name",
    "nodeSelector[\"kubernetes.io/os\"]",
    "nodeSelector[\"kubernetes.io/arch\"]",
};
// Of containers and volumes: what the model has no field for. Everything else there is a field, or unmodelled.
constexpr std::string_view kLost[] = {
    "securityContext.windowsOptions",
    "securityContext.capabilities.ambient",
    "terminationMessagePath",
    "successThreshold",
    "terminationGracePeriodSeconds",
    "subPathExpr",
    "recursiveReadOnly",
    "items",
    "optional",
    "httpHeaders",
    "scheme",
    "defaultMode",
    "resources.claims",
    "hugepages-2Mi",
    "hugepages-1Gi",
};
// Of the object itself.
constexpr std::string_view kObject[] = {"apiVersion",
                                        "kind",
                                        "metadata.name",
                                        "metadata.labels",
                                        "spec.replicas",
                                        "spec.selector",
                                        "spec.backoffLimit",
                                        "spec.template.metadata.labels",
                                        "spec.template.metadata.name",
                                        "metadata.creationTimestamp",
                                        "status"};

bool is_below(std::string_view path, std::string_view top) {
  return path.starts_with(top) && (path.size() == top.size() || path[top.size()] == '.' || path[top.size()] == '[');
}

std::string without_indexes(std::string_view path) {
  std::string result;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '[' && i + 1 < path.size() && path[i + 1] >= '0' && path[i + 1] <= '9') {
      while (i < path.size() && path[i] != ']') ++i;
    } else {
      result += path[i];
    }
  }
  return result;
}

bool is_lost_below(std::string_view path) {
  return std::ranges::any_of(kLost, [&](std::string_view lost) {
    return path.ends_with("." + std::string(lost)) ||
           path.find("." + std::string(lost) + ".") != std::string_view::npos;
  });
}

bool is_looked_at(std::string_view path, std::string_view pod) {
  if (!pod.empty() && is_below(path, pod)) {
    const std::string_view rest = path.substr(std::min(path.size(), pod.size() + 1));
    const bool known = std::ranges::any_of(kPod, [&](std::string_view top) { return is_below(rest, top); });
    return known && !is_lost_below(rest);
  }
  return std::ranges::any_of(kObject, [&](std::string_view top) { return is_below(path, top); });
}

std::string reason(std::string_view path, Target target) {
  const std::pair<std::string_view, std::string_view> kReasons[] = {
      {"serviceAccount", "accounts of the cluster mean nothing outside of it"},
      {"namespace", "namespaces of the cluster mean nothing outside of it"},
      {"affinity", "there is one host"},
      {"nodeSelector", "there is one host"},
      {"tolerations", "there is one host"},
      {"topologySpread", "there is one host"},
      {"schedule", "nothing starts it by the clock; use cron or a systemd timer"},
      {"imagePullSecrets", "log in with docker login"},
      {"strategy", "containers are replaced at once"},
      {"priorityClass", "there is no scheduler"},
      {"fsGroup", "the engine does not change the owner of volumes"},
      {"annotations", "are read by programs of the cluster"},
  };
  for (const auto& [part, why] : kReasons) {
    if (path.find(part) != std::string_view::npos) return std::string(why);
  }
  return "has no counterpart in " + std::string(to_string(target));
}

std::set<const KubernetesObject*> used_services(const std::vector<Item>& items) {
  std::set<const KubernetesObject*> used;
  for (const Item& item : items) {
    if (!item.workload->pod) continue;
    for (const KubernetesObject& object : item.subjects->objects) {
      if (object.kind == "Service" && !object.selector.empty() && object.selector.matches(item.workload->pod->labels))
        used.insert(&object);
    }
  }
  return used;
}

std::string why_not(const KubernetesObject& object, Target target) {
  if (object.kind == "Secret" || object.kind == "ConfigMap") return "make a file of it, and mount or name that";
  if (object.kind == "Ingress") return "put a reverse proxy in front";
  if (object.kind == "Service") return "leads to no container here";
  if (object.kind == "PersistentVolumeClaim")
    return "a volume is declared where it is mounted; its size is not limited";
  return "has no counterpart in " + std::string(to_string(target));
}

}  // namespace

void note_object_rest(const Item& item, Target target, Notes& notes) {
  const std::string pod = without_indexes(item.workload->pod->pod_spec.node);
  for (const Stated<KeyValue>& scalar : item.object->scalars) {
    const std::string path = without_indexes(scalar.value.key);
    if (is_looked_at(path, pod)) continue;
    notes.add({Note::Kind::not_said, scalar.origin, item.object->kind + " \"" + printable(item.object->name, 80) + "\"",
               printable(scalar.value.key, 160), reason(path, target)});
  }
}

void note_other_objects(const std::vector<Item>& items, Target target, Notes& notes) {
  const std::set<const KubernetesObject*> used = used_services(items);
  std::set<const Subjects*> seen;
  for (const Item& item : items) {
    if (!seen.insert(item.subjects).second) continue;
    for (const KubernetesObject& object : item.subjects->objects) {
      if (!object.workloads.empty() || used.contains(&object)) continue;
      notes.add({Note::Kind::not_said, object.origin, object.kind + " \"" + printable(object.name, 80) + "\"",
                 "the object", why_not(object, target)});
    }
  }
}

}  // namespace oakum::convert
