// Resources, variables and ports of a container.
#include <cstdint>
#include <string>

#include "fix/kit/yaml_path.h"
#include "fix/write/pod_writer.h"
#include "model/units.h"

namespace oakum::fix {

namespace {

using Done = YamlEditor::Done;

}  // namespace

Done PodWriter::take_resource(const Change& change) {
  if (change.act == Change::Act::remove) return remove_stated(change);
  if (workload_.pod->role == PodFacts::Role::ephemeral)
    return refuse("Kubernetes lets ephemeral containers have no resources: they use what the pod has");
  const auto* bytes = std::get_if<std::int64_t>(&change.value);
  const auto* number = std::get_if<double>(&change.value);
  const std::string value = bytes != nullptr ? quantity_text(*bytes) : cores_text(number == nullptr ? 0 : *number);
  switch (change.key) {
    case Key::memory:
      return resource(change, "limits", "memory", value);
    case Key::memory_request:
      return resource(change, "requests", "memory", value);
    case Key::ephemeral_storage:
      return resource(change, "limits", "ephemeral-storage", value);
    case Key::cpus:
      return resource(change, "limits", "cpu", value);
    default:
      return resource(change, "requests", "cpu", value);
  }
}

Done PodWriter::resource(const Change& change, const char* kind, const char* name, const std::string& value) {
  const YamlPath stated = place_of(change);
  if (!stated.empty()) return yaml().set(stated, value);
  // Tekton's steps call it so.
  const bool of_tekton = find(in_container({"computeResources"})) != nullptr;
  return yaml().set(in_container({of_tekton ? "computeResources" : "resources", kind, name}), value);
}

Done PodWriter::environment(const Change& change) {
  if (change.act == Change::Act::remove) return remove_item(change);
  const auto& pair = std::get<KeyValue>(change.value);
  if (!change.at)
    return yaml().append(in_container({"env"}), YamlValue::map({{"name", pair.key}, {"value", pair.value}}));
  const YamlPath item = item_of(place_of(change));
  if (item.empty()) return refuse("it is not stated in this document");
  if (Done done = yaml().set(with(item, {"value"}), pair.value); !done) return done;
  // A variable has one or the other.
  return yaml().remove(with(item, {"valueFrom"}), item.size() + 1);
}

// hostPort alone goes: the container still listens.
Done PodWriter::port(const Change& change) {
  if (change.act != Change::Act::remove) return refuse("a manifest publishes ports by a Service");
  const YamlPath stated = place_of(change);
  if (stated.empty()) return remove(stated);
  if (Done done = yaml().remove(stated, stated.size()); !done) return done;
  return yaml().remove(with(without_last(stated), {"hostIP"}), stated.size());
}

}  // namespace oakum::fix
