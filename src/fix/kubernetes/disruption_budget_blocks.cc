#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

// One pod away at a time; a budget says it from one side only.
Planned plan(const Finding& finding, const Context& context) {
  auto object = open_object(finding, context);
  if (!object) return std::unexpected(std::move(object.error()));
  const YamlPath least = object->in_object({"spec", "minAvailable"});
  YamlEditor::Done done = object->yaml().set(object->in_object({"spec", "maxUnavailable"}), YamlValue::integer(1));
  if (done) done = object->yaml().remove(least, least.size());
  return finished(*object, done);
}

}  // namespace

extern constinit const Remedy disruption_budget_blocks{"disruption-budget-blocks", plan};

}  // namespace oakum::fix::kubernetes
