#include "fix/workload/family.h"
#include "model/capabilities.h"

namespace oakum::fix::workload {

namespace {

const Stated<std::string>* item_at(const Workload& workload, const Origin& place) {
  for (const Stated<std::string>& item : workload.cap_add) {
    if (item.origin.span == place.span && item.origin.source == place.source) return &item;
  }
  return nullptr;
}

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  const Stated<std::string>* item = item_at(**workload, finding.origin);
  const Needs* found = found_needs(**workload, context);
  if (item != nullptr && found != nullptr) {
    const std::string name = canonical_capability(item->value);
    if (found->capabilities.contains(name))
      return refuse("it was seen to use " + name + ": if it really has to, say so with a reason in an ignore comment");
  }
  return answer({remove(Key::cap_add, finding.origin)});
}

}  // namespace

extern constinit const Remedy cap_dangerous{"cap-dangerous", plan};

}  // namespace oakum::fix::workload
