#include "read/kubernetes/pod_paths.h"

#include <algorithm>

#include "base/text.h"
#include "read/kubernetes/workflow.h"

namespace oakum::kubernetes {

namespace {

struct KindPath {
  std::string_view kind;
  std::string_view path;  // to what has metadata and spec
};
constexpr KindPath kBuiltIn[] = {
    {"Pod", ""},
    {"PodTemplate", "template"},
    {"Deployment", "spec.template"},
    {"ReplicaSet", "spec.template"},
    {"StatefulSet", "spec.template"},
    {"DaemonSet", "spec.template"},
    {"Job", "spec.template"},
    {"ReplicationController", "spec.template"},
    {"CronJob", "spec.jobTemplate.spec.template"},
};

// Where custom resources keep templates: Knative and Argo Rollouts (spec.template), KEDA's jobs
// (spec.jobTargetRef.template), Kubeflow's (spec.tfReplicaSpecs.Worker.template), Agones (spec.template.spec.template),
// Elastic's (spec.nodeSets[].podTemplate); "*" stands for any key, and for any item of a list.
constexpr std::string_view kUsual[] = {"spec.template",    "spec.*.template",    "spec.*.*.template",
                                       "spec.podTemplate", "spec.*.podTemplate", "spec.*.*.podTemplate",
                                       "template"};
// Pod specs without a template around them.
constexpr std::string_view kUsualSpecs[] = {"spec.podSpec", "spec.predictor", "spec"};

// Knative's one container needs no name.
bool is_pod_spec(const Place& place) {
  const Place containers = place.find("containers");
  return containers && containers.node()->kind == yaml::Node::Kind::sequence && !containers.node()->items.empty() &&
         std::ranges::all_of(containers.node()->items, [](const yaml::Node& item) {
           return item.find("name") != nullptr || item.find("image") != nullptr;
         });
}

void collect(const Place& at, std::string_view path, std::vector<Place>& result) {
  if (path.empty()) {
    if (at) result.push_back(at);
    return;
  }
  const std::string_view key = next_field(path, '.');
  if (key != "*") return collect(at.find(key), path, result);
  if (!at) return;
  if (at.node()->kind == yaml::Node::Kind::sequence) {
    for (const Place& item : at.items()) collect(item, path, result);
  } else if (at.node()->kind == yaml::Node::Kind::mapping) {
    for (const auto& entry : at.entries()) collect(entry.value, path, result);
  }
}

bool holds(const std::vector<PodPlace>& pods, const Place& spec) {
  return std::ranges::any_of(pods, [&](const PodPlace& pod) { return pod.spec.node() == spec.node(); });
}

}  // namespace

std::vector<PodPlace> find_pods(const Place& document, std::string_view kind) {
  std::vector<PodPlace> pods;
  for (const KindPath& row : kBuiltIn) {
    if (row.kind != kind) continue;
    Place at = document;
    for (std::string_view path = row.path; !path.empty();) at = at.at(next_field(path, '.'));
    pods.push_back({at.at("metadata"), at.at("spec")});
    return pods;
  }
  if (auto of_workflow = pods_of_workflow(document, kind)) return std::move(*of_workflow);
  std::vector<Place> templates, specs;
  for (const std::string_view path : kUsual) collect(document, path, templates);
  for (const std::string_view path : kUsualSpecs) collect(document, path, specs);
  for (const Place& place : templates) {
    const Place spec = place.find("spec");
    if (is_pod_spec(spec) && !holds(pods, spec)) pods.push_back({place.find("metadata"), spec});
  }
  for (const Place& spec : specs) {
    if (is_pod_spec(spec) && !holds(pods, spec)) pods.push_back({document.find("metadata"), spec});
  }
  return pods;
}

}  // namespace oakum::kubernetes
