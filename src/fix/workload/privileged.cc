#include <algorithm>
#include <iterator>

#include "fix/workload/capabilities.h"
#include "model/capabilities.h"
#include "model/platform_defaults.h"

namespace oakum::fix::workload {

namespace {

// What privileged hid from the other rules has to be good too: a lock that was on an open door.
Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  std::vector<Change> changes = {remove(Key::privileged, finding.origin)};
  if (is_kubernetes(**workload)) return answer(std::move(changes));
  auto capabilities = drop_all(**workload, context, passed_over(finding, context));
  if (!capabilities) return std::unexpected(std::move(capabilities.error()));
  bool dropped = false;
  for (const Stated<std::string>& item : (*workload)->cap_drop) dropped |= canonical_capability(item.value) == "ALL";
  if (!dropped) std::ranges::move(*capabilities, std::back_inserter(changes));
  if (!effective_no_new_privileges(**workload)) {
    std::optional<Origin> at;
    if ((*workload)->no_new_privileges) at = (*workload)->no_new_privileges.origin();
    changes.push_back(set(Key::no_new_privileges, true, std::move(at)));
  }
  if ((*workload)->unmasked_paths.is(true))
    changes.push_back(remove(Key::unmasked_paths, (*workload)->unmasked_paths.origin()));
  return answer(std::move(changes), "devices that it used have to be named: `devices:` or --device");
}

}  // namespace

extern constinit const Remedy privileged{"privileged", plan};

}  // namespace oakum::fix::workload
