#include "fix/kit/yaml_edit.h"
#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

// A port that a container lists: the whole item, whatever else it says.
Planned leave_out_of_manifest(const Finding& finding, const Context& context) {
  const Source* source = context.subjects.source(finding.origin.source);
  if (source == nullptr) return refuse("its text is not at hand");
  auto editor = YamlEditor::open(*source, finding.origin.span.begin);
  if (!editor) return std::unexpected(std::move(editor.error()));
  auto path = editor->path_of(finding.origin.span);
  while (path && !path->empty() && !path->back().index) path->pop_back();
  if (!path || path->size() < 2) return refuse("it is written in a way that is not edited");
  const std::size_t container = path->size() - 2;
  if (auto done = editor->remove(*path, container); !done) return std::unexpected(std::move(done.error()));
  Answer result;
  result.edits = editor->edits();
  return result;
}

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  if (is_kubernetes(**workload)) return leave_out_of_manifest(finding, context);
  return answer({remove(Key::ports, finding.origin)}, "use `docker exec` for what it was for");
}

}  // namespace

extern constinit const Remedy port_ssh{"port-ssh", plan};

}  // namespace oakum::fix::workload
