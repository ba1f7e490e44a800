#include <algorithm>
#include <utility>

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
  if (auto reason = has_no_usual(**workload)) return std::unexpected(std::move(*reason));
  if (states_period(**workload))
    return refuse("a limit may not stand beside cpu_period and cpu_quota: change these by hand");
  constexpr double kOneCore = 1.0;
  // A limit below what is reserved is refused.
  const Field<double>& reserved = (*workload)->cpu_reservation;
  const double cores = reserved.known() ? std::max(kOneCore, *reserved) : kOneCore;
  return answer({limit(Key::cpus, cores, (*workload)->cpus)}, "one core: set what it was seen to use, with some room");
}

}  // namespace

extern constinit const Remedy cpu_limit{"cpu-limit", plan};

}  // namespace oakum::fix::workload
