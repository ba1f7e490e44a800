#include "check/annotations.h"

#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "check/pragma.h"
#include "check/selection.h"

namespace oakum::check {

namespace {

struct Exemption {
  std::string tool;
  std::vector<std::string> names;  // empty: all of the tool
  std::string reason;
};

bool is_true(std::string_view text) { return equals_ignoring_case(text, "true"); }

std::optional<Exemption> kube_linter(std::string_view key, const std::string& value) {
  constexpr std::string_view kOne = "ignore-check.kube-linter.io/";
  if (key == "kube-linter.io/ignore-all") return Exemption{"kube-linter", {}, value};
  if (!key.starts_with(kOne)) return std::nullopt;
  return Exemption{"kube-linter", {"kube-linter:" + std::string(key.substr(kOne.size()))}, value};
}

std::optional<Exemption> checkov(std::string_view key, const std::string& value) {
  if (!key.starts_with("checkov.io/skip") && !key.starts_with("bridgecrew.io/skip")) return std::nullopt;
  std::string_view rest = value;
  const std::string_view id = trim(next_field(rest, '='));
  if (id.empty()) return std::nullopt;
  return Exemption{"checkov", {std::string(id)}, std::string(trim(rest))};
}

std::optional<Exemption> polaris(std::string_view key, const std::string& value) {
  constexpr std::string_view kPrefix = "polaris.fairwinds.com/";
  if (!key.starts_with(kPrefix) || !is_true(value)) return std::nullopt;
  const std::string_view rest = key.substr(kPrefix.size());
  if (rest == "exempt") return Exemption{"polaris", {}, {}};
  if (!rest.ends_with("-exempt")) return std::nullopt;
  return Exemption{"polaris", {"polaris:" + std::string(rest.substr(0, rest.size() - 7))}, {}};
}

std::optional<Exemption> kube_score(std::string_view key, const std::string& value) {
  if (key != "kube-score/ignore") return std::nullopt;
  Exemption exemption{"kube-score", {}, {}};
  std::string_view rest = value;
  while (!rest.empty()) {
    if (const std::string_view name = trim(next_field(rest, ',')); !name.empty())
      exemption.names.push_back("kube-score:" + std::string(name));
  }
  return exemption.names.empty() ? std::nullopt : std::optional(std::move(exemption));
}

std::optional<Exemption> exemption_of(const KeyValue& annotation) {
  if (auto found = kube_linter(annotation.key, annotation.value)) return found;
  if (auto found = checkov(annotation.key, annotation.value)) return found;
  if (auto found = polaris(annotation.key, annotation.value)) return found;
  return kube_score(annotation.key, annotation.value);
}

bool inside(const Finding& finding, const Origin& object) {
  return finding.origin.source == object.source && finding.origin.span.begin >= object.span.begin &&
         finding.origin.span.begin < std::max(object.span.end, object.span.begin + 1);
}

bool covers(const Exemption& exemption, const Finding& finding) {
  if (exemption.names.empty()) return is_of_tool(finding, exemption.tool);
  for (const std::string& name : exemption.names) {
    if (is_called(finding, name)) return true;
  }
  return false;
}

void apply(const List<KeyValue>& annotations, const Origin& object, std::vector<Finding>& findings) {
  for (const auto& annotation : annotations) {
    const auto exemption = exemption_of(annotation.value);
    if (!exemption) continue;
    for (Finding& finding : findings) {
      if (finding.suppressed || !inside(finding, object) || !covers(*exemption, finding)) continue;
      finding.suppressed =
          Suppression{finding.path + ":" + std::to_string(annotation.origin.span.line), exemption->reason, {}};
    }
  }
}

}  // namespace

void apply_annotations(const Subjects& subjects, std::vector<Finding>& findings) {
  for (const KubernetesObject& object : subjects.objects) {
    apply(object.annotations, object.origin, findings);
    for (const std::size_t index : object.workloads) {
      if (index >= subjects.workloads.size()) continue;
      apply(subjects.workloads[index].annotations, object.origin, findings);
      break;  // containers of one pod share its annotations
    }
  }
}

}  // namespace oakum::check
