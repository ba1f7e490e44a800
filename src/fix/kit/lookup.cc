#include "fix/kit/lookup.h"

#include <algorithm>

namespace oakum::fix {

namespace {

bool holds(const Span& outer, const Span& inner) { return outer.begin <= inner.begin && inner.begin <= outer.end; }

// What a pod says for all its containers is told of the pod: `Deployment "shop"`, where they are called
// `container "app" of Deployment "shop"`.
bool is_about(const Workload& workload, const Finding& finding) {
  if (workload.subject == finding.subject) return true;
  return workload.pod && !finding.subject.empty() && workload.subject.ends_with(" of " + finding.subject);
}

}  // namespace

const Workload* workload_of(const Finding& finding, const Subjects& subjects) {
  const auto& all = subjects.workloads;
  // The number is one among the subjects that were judged, which for rules about a whole cluster are more than these.
  if (finding.workload < all.size() && is_about(all[finding.workload], finding)) return &all[finding.workload];
  const auto same_text = [&](const Workload& workload) {
    return is_about(workload, finding) && workload.origin.source == finding.origin.source;
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
