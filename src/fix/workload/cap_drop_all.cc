#include "fix/workload/capabilities.h"
#include "model/platform_defaults.h"

namespace oakum::fix::workload {

namespace {

// The finding is at the item itself where that is misspelt.
std::optional<Origin> misspelt(const Workload& workload, const Origin& place) {
  for (const Stated<std::string>& item : workload.cap_drop) {
    if (item.origin.span == place.span && item.origin.source == place.source) return item.origin;
  }
  return std::nullopt;
}

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  if (is_kubernetes(**workload) && effective_privileged(**workload))
    return refuse("it is privileged, which no list of capabilities limits: put that right first");
  auto at = misspelt(**workload, finding.origin);
  if (is_run_line(**workload)) at.reset();  // the list's place is its first flag
  auto changes = drop_all(**workload, context, passed_over(finding, context), std::move(at));
  if (!changes) return std::unexpected(std::move(changes.error()));
  std::string note = note_on_user(**workload, *changes);
  return answer(std::move(*changes), std::move(note));
}

}  // namespace

extern constinit const Remedy cap_drop_all{"cap-drop-all", plan};

}  // namespace oakum::fix::workload
