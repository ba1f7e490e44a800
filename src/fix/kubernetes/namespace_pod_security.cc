#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

constexpr const char* kLabel = "pod-security.kubernetes.io/enforce";

// Baseline forbids what is known to give the node away, and what most programs run with.
Planned plan(const Finding& finding, const Context& context) {
  auto object = open_object(finding, context);
  if (!object) return std::unexpected(std::move(object.error()));
  const YamlEditor::Done done = object->yaml().set(object->in_object({"metadata", "labels", kLabel}), "baseline");
  return finished(*object, done,
                  "pods that break the baseline standard are turned away: check them before, with "
                  "oakum check --profile pss-baseline; \"restricted\" is stricter");
}

}  // namespace

extern constinit const Remedy namespace_pod_security{"namespace-pod-security", plan};

}  // namespace oakum::fix::kubernetes
