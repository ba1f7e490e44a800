#include "model/kubernetes.h"

#include <algorithm>

namespace oakum {

namespace {

const KeyValue* find_label(const std::vector<KeyValue>& labels, std::string_view key) {
  const auto found = std::ranges::find(labels, key, &KeyValue::key);
  return found == labels.end() ? nullptr : &*found;
}

bool holds(const LabelRequirement& requirement, const std::vector<KeyValue>& labels) {
  const KeyValue* label = find_label(labels, requirement.key);
  const bool listed =
      label != nullptr && std::ranges::find(requirement.values, label->value) != requirement.values.end();
  if (requirement.operation == "In") return listed;
  if (requirement.operation == "NotIn") return !listed;
  if (requirement.operation == "Exists") return label != nullptr;
  return requirement.operation == "DoesNotExist" && label == nullptr;
}

}  // namespace

bool LabelSelector::matches(const std::vector<KeyValue>& labels) const {
  return std::ranges::all_of(match_labels,
                             [&](const KeyValue& wanted) {
                               const KeyValue* label = find_label(labels, wanted.key);
                               return label != nullptr && label->value == wanted.value;
                             }) &&
         std::ranges::all_of(expressions, [&](const LabelRequirement& wanted) { return holds(wanted, labels); });
}

const Stated<KeyValue>* KubernetesObject::scalar(std::string_view path) const {
  const auto found = std::ranges::find_if(scalars.items, [path](const auto& item) { return item.value.key == path; });
  return found == scalars.items.end() ? nullptr : &*found;
}

}  // namespace oakum
