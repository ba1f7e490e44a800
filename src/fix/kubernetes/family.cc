#include "fix/kubernetes/family.h"

#include <utility>

#include "base/text.h"

namespace oakum::fix::kubernetes {

std::expected<OpenObject, Refusal> open_object(const Finding& finding, const Context& context) {
  const KubernetesObject* object = object_of(finding, context.subjects);
  const Source* source = context.subjects.source(finding.origin.source);
  const auto path = object == nullptr ? std::nullopt : parse_path(object->origin.node);
  if (source == nullptr || !path) return refuse("what it is about is not among what was read");
  auto manifest = ManifestEditor::open(*context.texts, *source, object->origin.span.begin);
  if (!manifest) return std::unexpected(std::move(manifest.error()));
  YamlPath place = manifest->place_of(finding.origin);
  return OpenObject{object, std::move(*manifest), *path, std::move(place)};
}

Planned finished(const OpenObject& object, const YamlEditor::Done& done, std::string note) {
  if (!done) return std::unexpected(done.error());
  Answer result;
  result.edits = object.manifest.edits();
  result.note = std::move(note);
  return result;
}

Planned take_out(const Finding& finding, const Context& context, std::size_t empties, std::string note) {
  auto object = open_object(finding, context);
  if (!object) return std::unexpected(std::move(object.error()));
  if (object->place.size() < empties + 2) return refuse("its place in the document is not known");
  const YamlEditor::Done done = object->yaml().remove(object->place, object->place.size() - empties - 1);
  return finished(*object, done, std::move(note));
}

std::vector<const Workload*> pods_of(const KubernetesObject& object, const Subjects& subjects) {
  std::vector<const Workload*> result;
  for (const std::size_t index : object.workloads) {
    if (index >= subjects.workloads.size() || !subjects.workloads[index].pod) continue;
    const Workload& workload = subjects.workloads[index];
    if (result.empty() || result.back()->pod->pod_spec.span != workload.pod->pod_spec.span) result.push_back(&workload);
  }
  return result;
}

bool is_way_in(std::string_view name) {
  return name.find("ingress") != std::string_view::npos || name.find("traefik") != std::string_view::npos;
}

bool may_share_namespace(std::string_view a, std::string_view b) { return a.empty() || b.empty() || a == b; }

}  // namespace oakum::fix::kubernetes
