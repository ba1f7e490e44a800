#include <algorithm>

#include "fix/workload/limits.h"

namespace oakum::fix::workload {

namespace {

// Compose refuses `cpus` beside the older way to say it.
bool states_period(const Workload& workload) {
  const auto is_period = [](const Stated<KeyValue>& item) {
    return item.value.key == "cpu_period" || item.value.key == "cpu_quota";
  };
  return std::ranges::any_of(workload.unmodelled, is_period) ||
         (workload.cpus && workload.cpus.origin().node.ends_with("cpu_quota"));
}

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  if (states_period(**workload))
    return refuse("a limit may not stand beside cpu_period and cpu_quota: change these by hand");
  constexpr double kOneCore = 1.0;
  return answer({limit(Key::cpus, kOneCore, (*workload)->cpus)},
                "one core: set what it was seen to use, with some room");
}

}  // namespace

extern constinit const Remedy cpu_limit{"cpu-limit", plan};

}  // namespace oakum::fix::workload
