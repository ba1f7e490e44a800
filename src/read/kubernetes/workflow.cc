#include "read/kubernetes/workflow.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "base/text.h"

namespace oakum::kubernetes {

namespace {

using Role = PodFacts::Role;

void add_all(std::vector<LooseContainer>& to, const Place& list, Role role, const std::string& name) {
  for (const Place& container : list.items()) to.push_back({container, role, name});
}

// `container` and `script` are one container, which needs no name.
std::vector<LooseContainer> containers_of_template(const Place& one) {
  std::vector<LooseContainer> result;
  const std::string name = one.find("name").text_or_empty();
  for (const std::string_view key : {"container", "script"}) {
    if (const Place container = one.find(key)) result.push_back({container, Role::main, name});
  }
  add_all(result, one.find("containerSet").find("containers"), Role::main, name);
  add_all(result, one.find("sidecars"), Role::sidecar, name);
  return result;
}

std::vector<PodPlace> pods_of_templates(const Place&, const Place& spec) {
  std::vector<PodPlace> pods;
  for (const Place& one : spec.at("templates").items()) {
    std::vector<LooseContainer> containers = containers_of_template(one);
    if (!containers.empty()) pods.push_back({one.find("metadata"), one, {spec}, std::move(containers)});
  }
  return pods;
}

// A run adds an account and a pod template to the task.
std::vector<PodPlace> pod_of_task(const Place& document, const Place& task) {
  std::vector<LooseContainer> containers;
  add_all(containers, task.find("steps"), Role::main, {});
  add_all(containers, task.find("sidecars"), Role::sidecar, {});
  if (containers.empty()) return {};
  const Place run = document.find("spec");
  return {{document.find("metadata"), task, {run, run.find("podTemplate")}, std::move(containers)}};
}

struct WorkflowKind {
  std::string_view group, kind, path;
  std::vector<PodPlace> (*read)(const Place& document, const Place& spec);
};
constexpr WorkflowKind kKinds[] = {
    {"argoproj.io/", "Workflow", "spec", pods_of_templates},
    {"argoproj.io/", "WorkflowTemplate", "spec", pods_of_templates},
    {"argoproj.io/", "ClusterWorkflowTemplate", "spec", pods_of_templates},
    {"argoproj.io/", "CronWorkflow", "spec.workflowSpec", pods_of_templates},
    {"tekton.dev/", "Task", "spec", pod_of_task},
    {"tekton.dev/", "ClusterTask", "spec", pod_of_task},
    {"tekton.dev/", "TaskRun", "spec.taskSpec", pod_of_task},
};

}  // namespace

std::optional<std::vector<PodPlace>> pods_of_workflow(const Place& document, std::string_view kind) {
  const std::string version = document.find("apiVersion").text_or_empty();
  const auto* row = std::ranges::find_if(
      kKinds, [&](const WorkflowKind& one) { return one.kind == kind && version.starts_with(one.group); });
  if (row == std::end(kKinds)) return std::nullopt;
  Place spec = document;
  for (std::string_view path = row->path; !path.empty();) spec = spec.at(next_field(path, '.'));
  return row->read(document, spec);
}

}  // namespace oakum::kubernetes
