#include <algorithm>
#include <string_view>

#include "rules/kit/judge.h"
#include "rules/kubernetes/objects.h"

namespace oakum::rules {

namespace {

constexpr std::string_view kLabel = "pod-security.kubernetes.io/enforce";

void check(const KubernetesObject& object, Judge& judge) {
  if (!is_kind(object, "", "Namespace")) return;
  const auto label = std::ranges::find(object.labels, kLabel, &KeyValue::key);
  if (label == object.labels.end()) {
    judge.found(object, object.name_origin,
                "has no label pod-security.kubernetes.io/enforce: privileged pods are let in");
  } else if (label->value == "privileged") {
    judge.found(object, place_of(object, "metadata.labels"), "enforces \"privileged\", which forbids nothing");
  }
}

}  // namespace

extern constinit const Rule namespace_pod_security{
    .info = checked({
        .id = "namespace-pod-security",
        .title = "a namespace enforces no Pod Security Standard",
        .severity = Severity::low,
        .practice = Practice::not_privileged,
        .surfaces = "K",
        .grade = Grade::strict,
        .fix = FixSafety::unsafe,
        .fix_summary = "label it pod-security.kubernetes.io/enforce: baseline or restricted",
        .why = "The API server turns away pods that break a Pod Security Standard, once the namespace "
               "names one. Without the label whoever may create pods may create privileged ones, and "
               "so own the node.",
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
                 "  labels:\n"
                 "    pod-security.kubernetes.io/enforce: restricted\n"},
        .references = "https://kubernetes.io/docs/concepts/security/pod-security-admission/",
    }),
    .checks = {.object = check},
};

}  // namespace oakum::rules
