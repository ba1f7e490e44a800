#include "rules/kubernetes/pod_index.h"

#include <algorithm>

#include "rules/kubernetes/objects.h"

namespace oakum::rules {

PodIndex::PodIndex(const Subjects& subjects) {
  for (const KubernetesObject& object : subjects.objects) {
    if (object.workloads.empty()) continue;
    const bool fragment = is_fragment(object, subjects);
    for (const Workload* workload : pods_of(object, subjects))
      pods_.push_back({&object, &*workload->pod, workload, fragment});
  }
}

bool PodIndex::selects(const LabelSelector& selector, std::string_view name_space, const Pod& pod) {
  if (left_ == 0) return true;
  const std::size_t cost =
      1 + (selector.match_labels.size() + selector.expressions.size()) * (1 + pod.facts->labels.size());
  left_ -= std::min(left_, cost);
  return may_share_namespace(name_space, pod.facts->name_space) && selector.matches(pod.facts->labels);
}

bool PodIndex::selects_any(const LabelSelector& selector, std::string_view name_space) {
  return std::ranges::any_of(pods_, [&](const Pod& pod) { return selects(selector, name_space, pod); });
}

}  // namespace oakum::rules
