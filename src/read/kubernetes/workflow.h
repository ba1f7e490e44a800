// The pods of Argo's workflows: each template is a pod, whose one container has a key of its own.
#pragma once

#include <vector>

#include "read/kubernetes/pod_paths.h"

namespace oakum::kubernetes {

// Workflow, WorkflowTemplate, ClusterWorkflowTemplate, CronWorkflow of argoproj.io; false for every other object.
bool is_workflow(const Place& document, std::string_view kind);
// Templates that run nothing themselves (steps, dag, suspend, resource) are no pods.
std::vector<PodPlace> pods_of_workflow(const Place& document, std::string_view kind);

}  // namespace oakum::kubernetes
