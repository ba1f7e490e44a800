#include "fix/kit/yaml_edit.h"
#include "fix/workload/family.h"

namespace oakum::fix::workload {

namespace {

Planned plan(const Finding& finding, const Context& context) {
  const Source* source = context.subjects.source(finding.origin.source);
  if (source == nullptr) return refuse("its text is not at hand");
  auto editor = YamlEditor::open(context.texts->whole(*source), finding.origin.span.begin);
  if (!editor) return std::unexpected(std::move(editor.error()));
  if (auto done = editor->remove({"version"}, 0); !done) return std::unexpected(std::move(done.error()));
  Answer result;
  result.edits = editor->edits();
  return result;
}

}  // namespace

extern constinit const Remedy version_field{"version-field", plan};

}  // namespace oakum::fix::workload
