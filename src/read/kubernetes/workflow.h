// The pods of Argo's workflows and of Tekton's tasks: their containers stand under names of their own.
#pragma once

#include <optional>
#include <vector>

#include "read/kubernetes/pod_paths.h"

namespace oakum::kubernetes {

// nullopt for objects of other kinds. Templates of a workflow that run nothing themselves (steps, dag, suspend,
// resource) are no pods.
std::optional<std::vector<PodPlace>> pods_of_workflow(const Place& document, std::string_view kind);

}  // namespace oakum::kubernetes
