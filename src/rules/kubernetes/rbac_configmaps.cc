#include <algorithm>
#include <string>
#include <string_view>

#include "rules/kit/judge.h"
#include "rules/kubernetes/permissions.h"

namespace oakum::rules {

namespace {

constexpr std::string_view kChanges = "create update patch delete deletecollection";

bool names_aws_auth(const PolicyRule& rule) {
  return std::ranges::find(rule.resource_names.items, "aws-auth", &Stated<std::string>::value) !=
         rule.resource_names.items.end();
}

void check(const KubernetesObject& object, Judge& judge) {
  if (!is_role(object)) return;
  for (const PolicyRule& rule : object.rules) {
    if (!covers_group(rule, "") || granted_verb(rule, kChanges) == nullptr) continue;
    for (const auto& resource : rule.resources) {
      if (resource.value != "configmaps") continue;
      const bool aws = names_aws_auth(rule);
      Finding& finding = judge.found(object, resource.origin,
                                     aws ? "lets its subjects change aws-auth, which makes cluster admins"
                                         : "lets its subjects change the configuration of other programs");
      only_aliases(finding, {aws ? "KSV-0115" : "KSV-0049"});
      if (aws) finding.severity = Severity::critical;
    }
  }
}

}  // namespace

extern constinit const Rule rbac_configmaps{
    .info = checked({
        .id = "rbac-configmaps",
        .title = "a role may change config maps",
        .severity = Severity::low,
        .practice = Practice::api_parameters,
        .surfaces = "K",
        .aliases = "KSV-0049 KSV-0115",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "name the maps that are written in resourceNames",
        .why = "Config maps say how programs behave, CoreDNS and the cluster's own among them; on EKS "
               "the map aws-auth says who is cluster admin.",
        .bad = {Surface::kubernetes,
                "apiVersion: rbac.authorization.k8s.io/v1\n"
                "kind: ClusterRole\n"
                "metadata:\n"
                "  name: ops\n"
                "rules:\n"
                "  - apiGroups: [\"\"]\n"
                "    resources: [configmaps]\n"
                "    verbs: [update]\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: rbac.authorization.k8s.io/v1\n"
                 "kind: ClusterRole\n"
                 "metadata:\n"
                 "  name: ops\n"
                 "rules:\n"
                 "  - apiGroups: [\"\"]\n"
                 "    resources: [configmaps]\n"
                 "    verbs: [get, watch]\n"},
        .references = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
