#include "fix/kit/lookup.h"

#include <algorithm>
#include <string_view>

namespace oakum::fix {

namespace {

bool holds(const Span& outer, const Span& inner) { return outer.begin <= inner.begin && inner.begin <= outer.end; }

bool ends_with_name(std::string_view subject, std::string_view object) {
  constexpr std::string_view kOf = " of ";
  return !object.empty() && subject.size() > object.size() + kOf.size() && subject.ends_with(object) &&
         subject.substr(0, subject.size() - object.size()).ends_with(kOf);
}

// What a pod says for all its containers is told of the pod: `Deployment "shop"`, where they are called
// `container "app" of Deployment "shop"`.
bool is_about(const Workload& workload, const Finding& finding) {
  return workload.subject == finding.subject || (workload.pod && ends_with_name(workload.subject, finding.subject));
}

// A container of the object that the finding is in; of the pod that it is in, where there are several.
const Workload* workload_in(const KubernetesObject& object, const Finding& finding, const Subjects& subjects) {
  const Workload* found = nullptr;
  for (const std::size_t index : object.workloads) {
    if (index >= subjects.workloads.size() || !is_about(subjects.workloads[index], finding)) continue;
    const Workload& workload = subjects.workloads[index];
    const bool in_pod = workload.pod && holds(workload.pod->pod_spec.span, finding.origin.span);
    if (found == nullptr || in_pod) found = &workload;
    if (in_pod) break;
  }
  return found;
}

}  // namespace

const Workload* workload_of(const Finding& finding, const Subjects& subjects) {
  const auto& all = subjects.workloads;
  // The number is one among the subjects that were judged, which for rules about a whole cluster are more than these.
  if (finding.workload < all.size() && is_about(all[finding.workload], finding)) return &all[finding.workload];
  if (finding.origin.surface == Surface::kubernetes) {
    const KubernetesObject* object = object_of(finding, subjects);
    const Workload* found = object == nullptr ? nullptr : workload_in(*object, finding, subjects);
    if (found != nullptr) return found;
  }
  const auto same_text = [&](const Workload& workload) {
    return workload.origin.source == finding.origin.source && is_about(workload, finding);
  };
  auto found = std::ranges::find_if(all, same_text);
  if (found == all.end()) found = std::ranges::find_if(all, [&](const Workload& w) { return is_about(w, finding); });
  return found == all.end() ? nullptr : &*found;
}

const Dockerfile* dockerfile_of(const Finding& finding, const Subjects& subjects) {
  if (finding.origin.surface != Surface::dockerfile) return nullptr;
  const Dockerfile* fits = nullptr;
  // Several inline Dockerfiles may stand in one text.
  for (const Dockerfile& file : subjects.dockerfiles) {
    if (file.source != finding.origin.source && file.ignore_source != finding.origin.source) continue;
    if (fits == nullptr || instruction_of(finding, file) != nullptr) fits = &file;
  }
  return fits;
}

const Instruction* instruction_of(const Finding& finding, const Dockerfile& file) {
  const auto found = std::ranges::find_if(
      file.instructions, [&](const Instruction& instruction) { return holds(instruction.span, finding.origin.span); });
  return found == file.instructions.end() ? nullptr : &*found;
}

const KubernetesObject* object_of(const Finding& finding, const Subjects& subjects) {
  const KubernetesObject* fits = nullptr;
  for (const KubernetesObject& object : subjects.objects) {
    if (object.origin.source == finding.origin.source && object.origin.span.begin <= finding.origin.span.begin &&
        finding.origin.span.begin <= object.origin.span.end)
      fits = &object;
  }
  return fits;
}

}  // namespace oakum::fix
