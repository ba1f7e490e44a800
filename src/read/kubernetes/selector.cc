// spec.selector of controllers, services and budgets, and podSelector of network policies.
#include "read/kubernetes/object.h"

namespace oakum::kubernetes {

namespace {

void read_requirement(const Place& item, LabelSelector& selector) {
  selector.has_expressions = true;
  selector.expressions.push_back(
      {item.at("key").text_or_empty(), item.at("operator").text_or_empty(), texts(item.at("values"))});
}

void read_label_selector(const Place& place, LabelSelector& selector) {
  selector.match_labels = pairs(place.at("matchLabels"));
  for (const Place& item : place.at("matchExpressions").items()) read_requirement(item, selector);
}

bool is_plain_map(const KubernetesObject& object) {
  return group_of(object.api_version).empty() && (object.kind == "Service" || object.kind == "ReplicationController");
}

bool has_label_selector(const Place& place) { return place.find("matchLabels") || place.find("matchExpressions"); }

}  // namespace

void read_selector(const Place& document, KubernetesObject& object) {
  const Place spec = document.find("spec");
  if (object.kind == "NetworkPolicy") return read_label_selector(spec.at("podSelector"), object.selector);
  const Place selector = spec.find("selector");
  if (!selector) return;
  if (is_plain_map(object)) {
    object.selector.match_labels = pairs(selector);
  } else if (has_label_selector(selector)) {
    read_label_selector(selector, object.selector);
  }
}

}  // namespace oakum::kubernetes
