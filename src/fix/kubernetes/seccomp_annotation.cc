#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

constexpr std::string_view kContainer = "container.seccomp.security.alpha.kubernetes.io/";
constexpr std::string_view kLocalhost = "localhost/";

// What the annotation's text is as a field; nullopt: no filter was asked for, and none is.
std::optional<YamlValue> profile_of(std::string_view text) {
  if (text == "runtime/default" || text == "docker/default") return YamlValue::map({{"type", "RuntimeDefault"}});
  if (!text.starts_with(kLocalhost)) return std::nullopt;
  return YamlValue::map({{"type", "Localhost"}, {"localhostProfile", text.substr(kLocalhost.size())}});
}

const Workload* annotated(const KubernetesObject& object, const Subjects& subjects, const Origin& place) {
  for (const Workload* pod : pods_of(object, subjects)) {
    if (std::ranges::any_of(pod->annotations, [&](const auto& item) { return item.origin == place; })) return pod;
  }
  return nullptr;
}

// Where that belongs: in the pod, or in the container that the key names; empty: no container is called so.
YamlPath context_of(const OpenObject& object, const Workload& pod, std::string_view key, const Subjects& subjects) {
  std::string_view node = pod.pod->pod_spec.node;
  if (key.starts_with(kContainer)) {
    node = {};
    for (const std::size_t index : object.object->workloads) {
      const Workload& workload = subjects.workloads[index];
      const bool same_pod = workload.pod && workload.pod->pod_spec.span == pod.pod->pod_spec.span;
      if (same_pod && workload.name == key.substr(kContainer.size())) node = workload.origin.node;
    }
  }
  const auto path = node.empty() ? std::nullopt : parse_path(node);
  return path && object.has(*path) ? with(*path, {"securityContext"}) : YamlPath();
}

// A field that is there already is the one that holds.
Planned plan(const Finding& finding, const Context& context) {
  auto object = open_object(finding, context);
  if (!object) return std::unexpected(std::move(object.error()));
  const Workload* pod = annotated(*object->object, context.subjects, finding.origin);
  const yaml::Node* annotation = object->place.empty() ? nullptr : object->manifest.yaml().find(object->place);
  if (pod == nullptr || annotation == nullptr || object->place.size() < 3)
    return refuse("its place in the document is not known");
  const auto profile = profile_of(annotation->text());
  const std::string key = object->place.back().key;
  YamlEditor::Done done = object->yaml().remove(object->place, object->place.size() - 2);
  const YamlPath where = context_of(*object, *pod, key, context.subjects);
  const YamlPath field = with(where, {"seccompProfile"});
  if (done && profile && !where.empty() && !object->has(field)) done = object->yaml().set(field, *profile);
  return finished(*object, done);
}

}  // namespace

extern constinit const Remedy seccomp_annotation{"seccomp-annotation", plan};

}  // namespace oakum::fix::kubernetes
