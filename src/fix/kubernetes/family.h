// What the remedies of rules on Kubernetes objects share.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "fix/kit/answer.h"
#include "fix/kit/lookup.h"
#include "fix/kit/remedy.h"
#include "fix/kit/yaml_path.h"
#include "fix/write/manifest.h"
#include "model/subjects.h"

namespace oakum::fix::kubernetes {

// The object that a finding is about, its document opened for edits.
struct OpenObject {
  const KubernetesObject* object = nullptr;
  ManifestEditor manifest;
  YamlPath path;   // of the object in its document: a List holds several
  YamlPath place;  // of what the finding points at

  YamlEditor& yaml() { return manifest.yaml(); }
  YamlPath in_object(std::initializer_list<YamlStep> steps) const { return with(path, steps); }
  bool has(const YamlPath& at) const { return manifest.yaml().find(at) != nullptr; }
};
std::expected<OpenObject, Refusal> open_object(const Finding& finding, const Context& context);

// The edits made, or why they could not be.
Planned finished(const OpenObject& object, const YamlEditor::Done& done, std::string note = {});

// The finding's own place goes, with as many collections around it as `empties` says if they are left empty.
Planned take_out(const Finding& finding, const Context& context, std::size_t empties, std::string note = {});

// One container of each of the object's pods.
std::vector<const Workload*> pods_of(const KubernetesObject& object, const Subjects& subjects);

// Does the name say that it is the way into the cluster itself, which others are put behind?
bool is_way_in(std::string_view name);

// Could objects of the two namespaces meet? One that is not said is decided when it is applied.
bool may_share_namespace(std::string_view a, std::string_view b);

}  // namespace oakum::fix::kubernetes
