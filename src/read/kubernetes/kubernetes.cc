#include "read/kubernetes/kubernetes.h"

#include <algorithm>

#include "base/text.h"
#include "read/kubernetes/documents.h"
#include "read/kubernetes/object.h"
#include "read/kubernetes/templates.h"

namespace oakum::kubernetes {

namespace {

Error is_template(std::string_view name) {
  return {ErrorCode::unsupported, std::string(name), "is a Helm template, not a manifest",
          "name the chart's directory, or check the output of \"helm template\""};
}

// Does the line say `key:` at the start, as block style has it for a document's own keys?
bool says(std::string_view line, std::string_view key) {
  if (!line.empty() && (line.front() == '"' || line.front() == '\'')) line.remove_prefix(1);
  if (!line.starts_with(key)) return false;
  line.remove_prefix(key.size());
  if (!line.empty() && (line.front() == '"' || line.front() == '\'')) line.remove_prefix(1);
  return line.starts_with(':');
}

bool is_manifest_in_flow_style(std::string_view text) {
  if (text.find("apiVersion") == std::string_view::npos || text.find("kind") == std::string_view::npos) return false;
  const auto documents = yaml::parse_all("", text);
  return documents && std::ranges::any_of(documents->roots, [](const yaml::Node& root) {
           return root.find("apiVersion") != nullptr && root.find("kind") != nullptr;
         });
}

}  // namespace

void read(std::string_view name, std::string_view text, Subjects& subjects) {
  Manifest manifest;
  manifest.source = subjects.add_source(std::string(name), std::string(text));
  manifest.name = name;
  manifest.errors = &subjects.errors;
  ReadDocuments documents = read_documents(name, text);
  // Braces may also come of escapes and of line ends that are escaped.
  const bool may_be_templated = text.find("{{") != std::string_view::npos || text.find('\\') != std::string_view::npos;
  const bool templated =
      may_be_templated &&
      (documents.errors.empty() ? std::ranges::any_of(documents.roots, holds_helm_actions) : holds_actions(text));
  if (templated) {
    subjects.errors.push_back(is_template(name));
    return;
  }
  for (const yaml::Node& root : documents.roots) {
    if (!root.is_null()) read_object(Place(manifest, &root, root.span, ""), subjects);
  }
  for (Error& error : documents.errors) subjects.errors.push_back(std::move(error));
}

bool looks_like_manifest(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::string_view start = trim(text.substr(0, 4096));
  if (start.starts_with('{') || start.starts_with('[')) return is_manifest_in_flow_style(text);
  bool version = false, kind = false;
  while (const auto line = next_line(text)) {
    if (line->starts_with("---")) version = kind = false;
    version = version || says(*line, "apiVersion");
    kind = kind || says(*line, "kind");
    if (version && kind) return true;
  }
  return false;
}

}  // namespace oakum::kubernetes
