#include <algorithm>
#include <string>
#include <string_view>

#include "rules/kit/judge.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

const Stated<std::string>* star(const List<std::string>& list) {
  const auto found = std::ranges::find(list.items, "*", &Stated<std::string>::value);
  return found == list.items.end() ? nullptr : &*found;
}

// One finding a rule, at what is wider: the resources.
void check(const KubernetesObject& object, Judge& judge) {
  if (!is_role(object)) return;
  for (const PolicyRule& rule : object.rules) {
    const auto* resource = star(rule.resources);
    const auto* verb = star(rule.verbs);
    if (resource == nullptr && verb == nullptr) continue;
    const bool of_urls = rule.resources.empty() && star(rule.non_resource_urls) != nullptr;
    const std::string_view what = of_urls               ? "every verb on every path"
                                  : resource == nullptr ? "every verb"
                                  : verb == nullptr     ? "every resource"
                                                        : "everything";
    Finding& finding = judge.found(object, (resource == nullptr ? verb : resource)->origin,
                                   join({"permits ", what, ", also what is added later"}));
    only_aliases(finding, {"CKV_K8S_49", "kube-linter:wildcard-in-rules"});
    if (object.kind == "Role") {
      add_alias(finding, "KSV-0112");
    } else {
      if (resource != nullptr && verb != nullptr) add_alias(finding, "KSV-0044");
      if (verb != nullptr) add_alias(finding, "KSV-0045");
      if (resource != nullptr) add_alias(finding, "KSV-0046");
    }
    if (resource != nullptr && verb != nullptr && object.kind == "ClusterRole") finding.severity = Severity::critical;
  }
}

}  // namespace

extern constinit const Rule rbac_wildcard{
    .info = checked({
        .id = "rbac-wildcard",
        .title = "a role permits everything",
        .severity = Severity::high,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "CKV_K8S_49 KSV-0044 KSV-0045 KSV-0046 KSV-0112 kube-linter:wildcard-in-rules",
        .fix = FixSafety::advice,
        .fix_summary = "name the resources and verbs that are used",
        .why = "A star covers secrets, exec and roles as well as what somebody had in mind, and every "
               "resource that is ever added to the cluster. Whoever gets the account owns what it can "
               "reach.",
        .bad = {Surface::kubernetes,
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRole\n"
                "metadata:\n"
                "  name: ops\n"
                "rules:\n"
                "  - apiGroups: [\"*\"]\n"
                "    resources: [\"*\"]\n"
                "    verbs: [\"*\"]\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: rbac.authorization.k8s.io/v1\n"
                 "kind: ClusterRole\n"
                 "metadata:\n"
                 "  name: ops\n"
                 "rules:\n"
                 "  - apiGroups: [\"\"]\n"
                 "    resources: [pods]\n"
                 "    verbs: [get, list]\n"},
        .references = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
