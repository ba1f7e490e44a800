#include "rules/kubernetes/objects.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace oakum::rules {

namespace {

constexpr std::string_view kRunToTheEnd[] = {
    "Job",  "CronJob",     "ScaledJob", "Workflow", "CronWorkflow", "WorkflowTemplate", "ClusterWorkflowTemplate",
    "Task", "ClusterTask", "TaskRun"};

}  // namespace

bool is_kind(const KubernetesObject& object, std::string_view group, std::string_view kind) {
  const std::string_view version = object.api_version;
  const auto slash = version.find('/');
  return object.kind == kind && group == (slash == std::string_view::npos ? "" : version.substr(0, slash));
}

std::vector<const Workload*> containers_of(const KubernetesObject& object, const Subjects& subjects) {
  std::vector<const Workload*> result;
  for (const std::size_t index : object.workloads) {
    if (index < subjects.workloads.size()) result.push_back(&subjects.workloads[index]);
  }
  return result;
}

std::vector<const Workload*> pods_of(const KubernetesObject& object, const Subjects& subjects) {
  std::vector<const Workload*> result;
  for (const Workload* workload : containers_of(object, subjects)) {
    if (!workload->pod) continue;
    const bool is_new = result.empty() || result.back()->pod->pod_spec.span.begin != workload->pod->pod_spec.span.begin;
    if (is_new) result.push_back(workload);
  }
  return result;
}

bool is_fragment(const KubernetesObject& object, const Subjects& subjects) {
  if (object.kind == "Task" || object.kind == "ClusterTask") return true;  // Tekton's
  const std::vector<const Workload*> containers = containers_of(object, subjects);
  return std::ranges::any_of(containers, [](const Workload* container) { return !container->image; });
}

bool keeps_running(const Workload& workload) {
  if (!workload.pod) return false;
  const PodFacts& pod = *workload.pod;
  if (workload.restart && workload.restart->name != "always") return false;
  return pod.role == PodFacts::Role::main && std::ranges::find(kRunToTheEnd, pod.kind) == std::end(kRunToTheEnd);
}

bool is_ephemeral(const Workload& workload) { return workload.pod && workload.pod->role == PodFacts::Role::ephemeral; }

bool may_share_namespace(std::string_view a, std::string_view b) { return a.empty() || b.empty() || a == b; }

bool at_least(const Judge& judge, int minor) {
  const int asked = judge.settings().kubernetes.minor;
  return asked == 0 || asked >= minor;
}

const Stated<KeyValue>* first_below(const KubernetesObject& object, std::string_view prefix) {
  const auto& items = object.scalars.items;
  const auto found = std::ranges::find_if(items, [prefix](const Stated<KeyValue>& item) {
    const std::string_view path = item.value.key;
    return path.starts_with(prefix) &&
           (path.size() == prefix.size() || path[prefix.size()] == '.' || path[prefix.size()] == '[');
  });
  return found == items.end() ? nullptr : &*found;
}

const Origin& place_of(const KubernetesObject& object, std::string_view prefix) {
  const Stated<KeyValue>* scalar = first_below(object, prefix);
  return scalar == nullptr ? object.name_origin : scalar->origin;
}

void set_aliases(Finding& finding, std::string_view words) {
  finding.aliases.clear();
  while (!words.empty()) finding.aliases.emplace_back(next_field(words, ' '));
  std::ranges::sort(finding.aliases);
}

}  // namespace oakum::rules
