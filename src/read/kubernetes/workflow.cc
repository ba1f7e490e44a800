#include "read/kubernetes/workflow.h"

#include <algorithm>
#include <iterator>

namespace oakum::kubernetes {

namespace {

using Role = PodFacts::Role;

constexpr std::string_view kKinds[] = {"ClusterWorkflowTemplate", "CronWorkflow", "Workflow", "WorkflowTemplate"};
static_assert(std::ranges::is_sorted(kKinds));

// `container` and `script` are one container, which needs no name.
std::vector<LooseContainer> containers_of(const Place& one) {
  std::vector<LooseContainer> result;
  const std::string name = one.find("name").text_or_empty();
  for (const std::string_view key : {"container", "script"}) {
    if (const Place container = one.find(key)) result.push_back({container, Role::main, name});
  }
  for (const Place& container : one.find("containerSet").find("containers").items()) {
    result.push_back({container, Role::main, name});
  }
  for (const Place& container : one.find("sidecars").items()) result.push_back({container, Role::sidecar, name});
  return result;
}

}  // namespace

bool is_workflow(const Place& document, std::string_view kind) {
  return std::ranges::binary_search(kKinds, kind) &&
         document.find("apiVersion").text_or_empty().starts_with("argoproj.io/");
}

std::vector<PodPlace> pods_of_workflow(const Place& document, std::string_view kind) {
  Place spec = document.at("spec");
  if (kind == "CronWorkflow") spec = spec.at("workflowSpec");
  std::vector<PodPlace> pods;
  for (const Place& one : spec.at("templates").items()) {
    std::vector<LooseContainer> containers = containers_of(one);
    if (!containers.empty()) pods.push_back({one.find("metadata"), one, {spec}, std::move(containers)});
  }
  return pods;
}

}  // namespace oakum::kubernetes
