// Kubernetes manifests: every pod-bearing kind becomes workloads, every object a KubernetesObject.
// https://kubernetes.io/docs/reference/kubernetes-api/
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "model/subjects.h"

namespace oakum::kubernetes {

// Appends one source and all its documents (Lists are opened) to `subjects`. A document that cannot be read is one
// error and the others are read. JSON is read too. Custom resources with a pod template at a usual place
// (spec.template.spec, spec.jobTemplate…, spec.podSpec) are read as pod-bearing.
void read(std::string_view name, std::string_view text, Subjects& subjects);

// Does this look like a manifest? Some document has apiVersion and kind.
bool looks_like_manifest(std::string_view text);

// How kustomize lets its file be called.
inline constexpr std::string_view kKustomizationNames[] = {"kustomization.yaml", "kustomization.yml", "Kustomization"};

// Is the directory or file one for a program to render: kustomization.yaml, Chart.yaml? Then its output is read.
bool is_kustomization(std::string_view file_name);
bool is_helm_chart(std::string_view file_name);
// Runs `kustomize build`/`kubectl kustomize` or `helm template` on the directory. An error of code not_found says which
// program is missing. Templates themselves are never read as manifests.
Result<std::string> render_kustomization(const std::string& directory);
Result<std::string> render_helm_chart(const std::string& directory);

}  // namespace oakum::kubernetes
