#include "fix/workload/secret_object.h"

#include <algorithm>

#include "base/text.h"
#include "fix/kit/text.h"
#include "fix/kit/yaml_edit.h"

namespace oakum::fix::workload {

namespace {

constexpr std::size_t kLongestName = 63;

// A name of an object: letters, digits and '-'.
std::string object_name(std::string_view text) {
  std::string name;
  for (const char c : to_lower(text)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) name += c;
    if (!plain && !name.empty() && !name.ends_with('-')) name += '-';
  }
  name.resize(std::min(name.size(), kLongestName));
  while (name.ends_with('-')) name.pop_back();
  return name;
}

std::string manifest(const std::string& name, const PodFacts& pod, const EnvironmentVariable& variable) {
  YamlValue metadata = YamlValue::map({{"name", name}});
  if (!pod.name_space.empty()) metadata.members.emplace_back("namespace", pod.name_space);
  const YamlValue object = YamlValue::map({{"apiVersion", "v1"},
                                           {"kind", "Secret"},
                                           {"metadata", std::move(metadata)},
                                           {"stringData", YamlValue::map({{variable.name, *variable.value}})}});
  return block_text(object, 0, {}) + "\n";
}

std::string directory_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return (slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash + 1))) + "secrets/";
}

using Done = YamlEditor::Done;

Done name_secret(YamlEditor& editor, const YamlPath& item, const std::string& name, const std::string& key) {
  YamlPath value = item, from = item;
  value.emplace_back("value");
  from.insert(from.end(), {"valueFrom", "secretKeyRef"});
  const YamlValue reference = YamlValue::map({{"name", name}, {"key", key}});
  if (auto done = editor.set(from, reference); !done) return done;
  return editor.remove(value, item.size());
}

}  // namespace

Planned secret_of_its_own(const Workload& workload, const Stated<EnvironmentVariable>& variable,
                          const Context& context) {
  const Source* source = context.subjects.source(variable.origin.source);
  if (source == nullptr || source->derived || source->name.starts_with('<'))
    return refuse("this was not read from a file of its own: make a Secret, and name it with valueFrom.secretKeyRef");
  if (!workload.pod || !variable.known || !variable.value.value ||
      variable.value.value->find("$(") != std::string::npos)
    return refuse("its value is made of others: make a Secret of the whole, and name it with valueFrom.secretKeyRef");
  auto editor = YamlEditor::open(context.texts->whole(*source), variable.origin.span.begin);
  if (!editor) return std::unexpected(std::move(editor.error()));
  auto item = editor->path_of(variable.origin.span);
  while (item && !item->empty() && !item->back().index) item->pop_back();
  if (!item || item->empty()) return refuse("it is written in a way that is not edited");
  const std::string name = object_name(workload.pod->object + "-" + workload.name + "-" + variable.value.name);
  if (auto done = name_secret(*editor, *item, name, variable.value.name); !done)
    return std::unexpected(std::move(done.error()));
  Answer result;
  result.edits = editor->edits();
  const std::string directory = directory_of(source->name);
  result.edits.push_back(new_file(directory + name + ".yaml", manifest(name, *workload.pod, variable.value)));
  result.edits.push_back(new_file(directory + ".gitignore", "*\n"));
  result.note = "apply " + directory + name + ".yaml first; the value is in the history of this file: change it";
  return result;
}

}  // namespace oakum::fix::workload
