#include <set>
#include <string_view>

#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

void check(const Subjects& subjects, Judge& judge) {
  std::set<std::string_view> limited, quoted_in;
  for (const KubernetesObject& object : subjects.objects) {
    if (is_kind(object, "", "LimitRange")) limited.insert(object.name_space);
    if (is_kind(object, "", "ResourceQuota")) quoted_in.insert(object.name_space);
  }
  for (const KubernetesObject& object : subjects.objects) {
    if (!is_kind(object, "", "Namespace")) continue;
    if (!limited.contains(object.name))
      only_aliases(
          judge.found(object, object.name_origin, "has no LimitRange here: containers without limits get none"),
          {"KSV-0039"});
    if (!quoted_in.contains(object.name))
      only_aliases(judge.found(object, object.name_origin, "has no ResourceQuota here: it may fill the cluster"),
                   {"KSV-0040"});
  }
}

}  // namespace

extern constinit const Rule namespace_limits{
    .info = checked({
        .id = "namespace-limits",
        .title = "a namespace has no quota or no default limits",
        .severity = Severity::low,
        .practice = Practice::resource_limits,
        .surfaces = "K",
        .aliases = "KSV-0039 KSV-0040",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "add a LimitRange and a ResourceQuota",
        .why = "A LimitRange gives limits to containers that state none, a ResourceQuota bounds what "
               "the namespace takes altogether. Without them one runaway pod starves the others.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Namespace\n"
                "metadata:\n"
                "  name: shop\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: Namespace\n"
                 "metadata:\n"
                 "  name: shop\n"
                 "---\n"
                 "apiVersion: v1\n"
                 "kind: LimitRange\n"
                 "metadata:\n"
                 "  name: l\n"
                 "  namespace: shop\n"
                 "spec:\n"
                 "  limits: []\n"
                 "---\n"
                 "apiVersion: v1\n"
                 "kind: ResourceQuota\n"
                 "metadata:\n"
                 "  name: q\n"
                 "  namespace: shop\n"
                 "spec:\n"
                 "  hard:\n"
                 "    pods: \"20\"\n"},
        .references = "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
    }),
    .checks = {.subjects = check},
};

}  // namespace oakum::rules
