#include "fix/workload/compose_service.h"

#include <algorithm>
#include <utility>

namespace oakum::fix::workload {

namespace {

const ComposeProject* project_of(const Workload& workload, const Subjects& subjects) {
  const auto index = static_cast<std::size_t>(&workload - subjects.workloads.data());
  const auto holds = [&](const ComposeProject& project) { return std::ranges::count(project.services, index) > 0; };
  const auto found = std::ranges::find_if(subjects.projects, holds);
  return found == subjects.projects.end() ? nullptr : &*found;
}

std::string directory_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash + 1));
}

}  // namespace

YamlPath ComposeService::at(std::initializer_list<YamlStep> below) const {
  YamlPath whole = path;
  whole.insert(whole.end(), below.begin(), below.end());
  return whole;
}

std::expected<ComposeService, Refusal> open_service(const Workload& workload, const Context& context) {
  const Source* source = context.subjects.source(workload.origin.source);
  const ComposeProject* project = project_of(workload, context.subjects);
  if (source == nullptr || project == nullptr || project->sources.empty()) return refuse("its text is not at hand");
  if (source->derived || source->name.starts_with('<')) return refuse("this was not read from a file of its own");
  const Source* first = context.subjects.source(project->sources.front());
  if (first == nullptr || directory_of(first->name) != directory_of(source->name))
    return refuse("its file is not in the project's directory: paths would not mean the same");
  auto editor = YamlEditor::open(context.texts->whole(*source), workload.origin.span.begin);
  if (!editor) return std::unexpected(std::move(editor.error()));
  auto path = editor->path_of(workload.origin.span);
  if (!path || path->size() != 2) return refuse("the service is written in a way that is not edited");
  return ComposeService{std::move(*editor), source->number, std::move(*path), directory_of(source->name), project};
}

Done append_name(ComposeService& service, std::string_view key, std::string_view name, const YamlValue& value) {
  const yaml::Node* there = service.editor.find(service.at({key}));
  if (there != nullptr && there->kind == yaml::Node::Kind::mapping)
    return service.editor.set(service.at({key, name}), value);
  return service.editor.append(service.at({key}), YamlValue(name));
}

Done join_network(ComposeService& service, std::string_view network) {
  const yaml::Node* there = service.editor.find(service.at({"networks"}));
  const bool none = there == nullptr || (there->items.empty() && there->members.empty());
  if (none) return service.editor.set(service.at({"networks"}), YamlValue::list({"default", network}));
  return append_name(service, "networks", network, YamlValue::map({}));
}

Done set_variable(ComposeService& service, std::string_view name, std::string_view value) {
  const yaml::Node* there = service.editor.find(service.at({"environment"}));
  if (there == nullptr || there->kind != yaml::Node::Kind::sequence)
    return service.editor.set(service.at({"environment", name}), YamlValue(value));
  const std::string prefix = std::string(name) + "=";
  for (std::size_t i = 0; i < there->items.size(); ++i) {
    if (there->items[i].text().starts_with(prefix))
      return service.editor.set(service.at({"environment", i}), YamlValue(prefix + std::string(value)));
  }
  return service.editor.append(service.at({"environment"}), YamlValue(prefix + std::string(value)));
}

}  // namespace oakum::fix::workload
