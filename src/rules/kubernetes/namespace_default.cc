#include <algorithm>
#include <string_view>

#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

// Kinds of the core that live in a namespace and are not pods.
constexpr std::string_view kKinds[] = {"ConfigMap", "PersistentVolumeClaim", "Secret", "Service", "ServiceAccount"};

void check(const KubernetesObject& object, Judge& judge) {
  const bool counts = !object.workloads.empty() ||
                      std::ranges::any_of(kKinds, [&](std::string_view kind) { return is_kind(object, "", kind); });
  // Charts leave the namespace to who installs them, so saying none is less than saying "default".
  if (!counts || (!object.name_space.empty() && object.name_space != "default")) return;
  if (object.name_space.empty() && is_fragment(object, judge.subjects())) return;
  if (object.name_space.empty()) {
    judge.found(object, object.name_origin, "names no namespace: applied as it is, it lands in \"default\"").severity =
        Severity::info;
  } else {
    judge.found(object, place_of(object, "metadata.namespace"), "is in the namespace \"default\"");
  }
}

}  // namespace

extern constinit const Rule namespace_default{
    .info = checked({
        .id = "namespace-default",
        .title = "the object goes to the default namespace",
        .severity = Severity::low,
        .practice = Practice::network_segmentation,
        .surfaces = "K",
        .aliases = "C-0061 CKV_K8S_21 KSV-0110 kube-linter:use-namespace",
        .grade = Grade::strict,
        .fix = FixSafety::advice,
        .fix_summary = "give it a namespace of its own",
        .why = "Policies, quotas and roles are given per namespace. What lies in \"default\" shares "
               "them with everything else that nobody thought about.",
        .bad = {Surface::kubernetes,
                "apiVersion: v1\n"
                "kind: Pod\n"
                "metadata:\n"
                "  name: web\n"
                "  namespace: default\n"
                "spec:\n"
                "  containers:\n"
                "    - name: app\n"
                "      image: nginx:1.27\n"},
        .good = {Surface::kubernetes,
                 "apiVersion: v1\n"
                 "kind: Pod\n"
                 "metadata:\n"
                 "  name: web\n"
                 "  namespace: shop\n"
                 "spec:\n"
                 "  containers:\n"
                 "    - name: app\n"
                 "      image: nginx:1.27\n"},
        .references = "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
