// Telling Helm's templates from manifests that merely hold braces (alerting rules, Argo's parameters).
#pragma once

#include <string_view>

#include "yaml/yaml.h"

namespace oakum::kubernetes {

// Some value outside block text uses what only Helm fills in: {{ .Values.x }}, {{ include "x" . }}.
bool holds_helm_actions(const yaml::Node& node);

// For text that does not even parse: the same anywhere, or a line that is an action ({{- end }}).
bool holds_actions(std::string_view text);

}  // namespace oakum::kubernetes
