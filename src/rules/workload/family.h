// What the rules about workloads share: pods are told once, standards are named exactly, paths are compared.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "rules/kit/judge.h"

namespace oakum::rules {

bool is_kubernetes(const Workload& workload);

// The container before this one in the same pod; nullptr for the first, and outside Kubernetes.
const Workload* previous_of_pod(const Workload& workload, const Judge& judge);
// Containers of one pod share what the pod says; the rules about that look at the first of them only.
bool first_of_pod(const Workload& workload, const Judge& judge);
// `Deployment "shop"` for what a pod says, else the workload's own name.
std::string pod_subject(const Workload& workload);

// What a field states, for rules that ask after every statement: a Pod Security Standard forbids what a pod says also
// where its containers say otherwise. What the pod says is in the field of each container; only the first has it here.
// Outside Kubernetes only the statement that wins.
template <class T>
std::vector<const Stated<T>*> statements_to_judge(const Workload& workload, const Judge& judge,
                                                  Field<T> Workload::* member) {
  std::vector<const Stated<T>*> result;
  const Field<T>& field = workload.*member;
  if (!is_kubernetes(workload)) {
    if (field) result.push_back(&field.winner());
    return result;
  }
  const Workload* const previous = previous_of_pod(workload, judge);
  for (const Stated<T>& statement : field.statements()) {
    const bool said =
        previous != nullptr && std::ranges::any_of((previous->*member).statements(),
                                                   [&](const auto& other) { return other.origin == statement.origin; });
    if (!said) result.push_back(&statement);
  }
  return result;
}

// False for pods of Windows nodes and containers of Windows images, where seccomp, capabilities and privilege
// escalation mean nothing; Pod Security Standards before 1.25 asked of pods all the same.
bool has_linux_controls(const Workload& workload, const Judge& judge);
// Is the Kubernetes version that is judged for at least 1.`minor`? The newest when none is set.
bool kubernetes_at_least(const Judge& judge, int minor);

// Leaves the aliases of those peers that look at the surface: a finding in a Compose file is not one of Trivy's checks
// of pods.
void aliases_of_surface(Finding& finding, Surface surface);
void for_surface(Finding& finding, const Workload& workload);

// Does that, and leaves of the rule's `pss-…` aliases only these, and none of them outside Kubernetes: a profile of a
// Pod Security Standard must find exactly what the standard forbids.
void forbidden_by(Finding& finding, const Workload& workload, std::initializer_list<std::string_view> standards);

// "host", and Podman's and Compose's ways to write it.
bool is_host(const Field<std::string>& mode);

// "/run//docker.sock/" → "/run/docker.sock"; ".." is resolved, never above the root. "" for what is not absolute.
std::string clean_path(std::string_view path);
// Is `path` the same as `directory`, or below it? Both cleaned.
bool is_within(std::string_view path, std::string_view directory);

// The path of the host that a mount shows, cleaned: a bind's source, or the device of a volume that is a bind in
// disguise; "" for every other mount and for unknown ones. Below a home directory it is "~/…".
std::string host_path_of(const Stated<Mount>& mount);
// Read-write, as far as said.
bool is_writable(const Mount& mount);

}  // namespace oakum::rules
