#include <algorithm>
#include <string_view>

#include "fix/kit/yaml_edit.h"
#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

// Names of ports that a probe or a hook of the container asks, or a Service sends to.
bool is_asked_for(std::string_view name, const Workload& workload, const Subjects& subjects) {
  const auto asks = [&](const Field<Probe>& probe) { return probe && probe->port == name; };
  const auto sends = [&](const Stated<ServicePort>& port) { return port.value.target_port == name; };
  return asks(workload.liveness) || asks(workload.readiness) || asks(workload.startup) || asks(workload.post_start) ||
         asks(workload.pre_stop) || std::ranges::any_of(subjects.objects, [&](const KubernetesObject& object) {
           return std::ranges::any_of(object.service_ports, sends);
         });
}

// A port that a container lists: the whole item, whatever else it says.
Planned leave_out_of_manifest(const Finding& finding, const Workload& workload, const Context& context) {
  const Source* source = context.subjects.source(finding.origin.source);
  if (source == nullptr) return refuse("its text is not at hand");
  auto editor = YamlEditor::open(context.texts->whole(*source), finding.origin.span.begin);
  if (!editor) return std::unexpected(std::move(editor.error()));
  auto path = editor->path_of(finding.origin.span);
  while (path && !path->empty() && !path->back().index) path->pop_back();
  if (!path || path->size() < 2) return refuse("it is written in a way that is not edited");
  YamlPath name = *path;
  name.emplace_back("name");
  const yaml::Node* called = editor->find(name);
  if (called != nullptr && is_asked_for(called->text(), workload, context.subjects))
    return refuse("its name " + quoted(called->text()) + " is used by a probe or a Service: change these first");
  const std::size_t container = path->size() - 2;
  if (auto done = editor->remove(*path, container); !done) return std::unexpected(std::move(done.error()));
  Answer result;
  result.edits = editor->edits();
  return result;
}

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  if (is_kubernetes(**workload)) return leave_out_of_manifest(finding, **workload, context);
  for (const Stated<PublishedPort>& port : (*workload)->ports) {
    if (port.origin == finding.origin && port.value.container_first != port.value.container_last)
      return refuse("it is one of a range of ports: write those that are meant");
  }
  return answer({remove(Key::ports, finding.origin)}, "use `docker exec` for what it was for");
}

}  // namespace

extern constinit const Remedy port_ssh{"port-ssh", plan};

}  // namespace oakum::fix::workload
