#include <algorithm>
#include <iterator>
#include <string_view>

#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

struct Successor {
  std::string_view api_version, kind, now;
};
// Those whose fields are the same, by https://kubernetes.io/docs/reference/using-api/deprecation-guide/: the others
// have to be written anew.
constexpr Successor kSameShape[] = {
    {"extensions/v1beta1", "Deployment", "apps/v1"},
    {"extensions/v1beta1", "DaemonSet", "apps/v1"},
    {"extensions/v1beta1", "ReplicaSet", "apps/v1"},
    {"extensions/v1beta1", "NetworkPolicy", "networking.k8s.io/v1"},
    {"apps/v1beta1", "Deployment", "apps/v1"},
    {"apps/v1beta1", "StatefulSet", "apps/v1"},
    {"apps/v1beta2", "Deployment", "apps/v1"},
    {"apps/v1beta2", "DaemonSet", "apps/v1"},
    {"apps/v1beta2", "ReplicaSet", "apps/v1"},
    {"apps/v1beta2", "StatefulSet", "apps/v1"},
    {"batch/v2alpha1", "CronJob", "batch/v1"},
    {"batch/v1beta1", "CronJob", "batch/v1"},
    {"apiregistration.k8s.io/v1beta1", "APIService", "apiregistration.k8s.io/v1"},
    {"coordination.k8s.io/v1beta1", "Lease", "coordination.k8s.io/v1"},
    {"networking.k8s.io/v1beta1", "IngressClass", "networking.k8s.io/v1"},
    {"rbac.authorization.k8s.io/v1beta1", "Role", "rbac.authorization.k8s.io/v1"},
    {"rbac.authorization.k8s.io/v1beta1", "RoleBinding", "rbac.authorization.k8s.io/v1"},
    {"rbac.authorization.k8s.io/v1beta1", "ClusterRole", "rbac.authorization.k8s.io/v1"},
    {"rbac.authorization.k8s.io/v1beta1", "ClusterRoleBinding", "rbac.authorization.k8s.io/v1"},
    {"scheduling.k8s.io/v1beta1", "PriorityClass", "scheduling.k8s.io/v1"},
    {"storage.k8s.io/v1beta1", "CSIDriver", "storage.k8s.io/v1"},
    {"storage.k8s.io/v1beta1", "CSINode", "storage.k8s.io/v1"},
    {"storage.k8s.io/v1beta1", "StorageClass", "storage.k8s.io/v1"},
    {"storage.k8s.io/v1beta1", "VolumeAttachment", "storage.k8s.io/v1"},
    {"storage.k8s.io/v1beta1", "CSIStorageCapacity", "storage.k8s.io/v1"},
    {"node.k8s.io/v1beta1", "RuntimeClass", "node.k8s.io/v1"},
    {"policy/v1beta1", "PodDisruptionBudget", "policy/v1"},
    {"autoscaling/v2beta2", "HorizontalPodAutoscaler", "autoscaling/v2"},
    {"flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema", "flowcontrol.apiserver.k8s.io/v1"},
    {"flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema", "flowcontrol.apiserver.k8s.io/v1"},
    {"flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema", "flowcontrol.apiserver.k8s.io/v1"},
    {"flowcontrol.apiserver.k8s.io/v1beta3", "PriorityLevelConfiguration", "flowcontrol.apiserver.k8s.io/v1"},
};

// The selector was made of the template's labels where none was said; apps/v1 wants it said.
YamlEditor::Done say_selector(OpenObject& object) {
  const YamlPath selector = object.in_object({"spec", "selector"});
  if (object.has(selector)) return {};
  const yaml::Node* labels = object.yaml().find(object.in_object({"spec", "template", "metadata", "labels"}));
  if (labels == nullptr || labels->members.empty())
    return refuse("apps/v1 wants a selector, and its pods have no labels");
  return object.yaml().set(with(selector, {"matchLabels"}), to_value(*labels));
}

// What has the same fields and yet another meaning.
std::string_view obstacle(const OpenObject& object) {
  for (const char* key : {"rollbackTo", "templateGeneration"}) {
    if (object.has(object.in_object({"spec", key}))) return "spec has a field that is gone: take it out first";
  }
  const bool selects_all = object.object->kind == "PodDisruptionBudget" && object.object->selector.empty();
  return selects_all ? "an empty selector meant no pod and means every pod now: say which are meant first" : "";
}

Planned plan(const Finding& finding, const Context& context) {
  auto object = open_object(finding, context);
  if (!object) return std::unexpected(std::move(object.error()));
  const KubernetesObject& about = *object->object;
  const auto* row = std::ranges::find_if(
      kSameShape, [&](const Successor& one) { return one.api_version == about.api_version && one.kind == about.kind; });
  if (row == std::end(kSameShape)) return refuse("its successor has other fields, or there is none: write it anew");
  if (const auto why = obstacle(*object); !why.empty()) return refuse(std::string(why));
  YamlEditor::Done done = object->yaml().set(object->in_object({"apiVersion"}), row->now);
  if (done && row->now == "apps/v1") done = say_selector(*object);
  return finished(*object, done);
}

}  // namespace

extern constinit const Remedy api_deprecated{"api-deprecated", plan};

}  // namespace oakum::fix::kubernetes
