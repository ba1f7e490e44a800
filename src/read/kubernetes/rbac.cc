// Roles and their bindings. https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/
#include "read/kubernetes/object.h"

namespace oakum::kubernetes {

namespace {

void read_rule(const Place& item, KubernetesObject& object) {
  PolicyRule rule;
  rule.origin = item.origin();
  state(rule.api_groups, item.at("apiGroups"));
  state(rule.resources, item.at("resources"));
  state(rule.verbs, item.at("verbs"));
  state(rule.resource_names, item.at("resourceNames"));
  state(rule.non_resource_urls, item.at("nonResourceURLs"));
  object.rules.push_back(std::move(rule));
}

void read_subject(const Place& item, KubernetesObject& object) {
  RoleSubject subject{item.at("kind").text_or_empty(), item.at("name").text_or_empty(),
                      item.at("namespace").text_or_empty()};
  const Place name = item.find("name");
  object.subjects.add(std::move(subject), name ? name.origin() : item.origin());
}

}  // namespace

void read_rbac(const Place& document, KubernetesObject& object) {
  for (const Place& item : document.at("rules").items()) read_rule(item, object);
  for (const Place& item : document.at("subjects").items()) read_subject(item, object);
  const Place role = document.at("roleRef");
  if (!role) return;
  const Place name = role.at("name");
  object.role.state({role.at("kind").text_or_empty(), name.text_or_empty()}, name ? name.origin() : role.origin());
}

}  // namespace oakum::kubernetes
