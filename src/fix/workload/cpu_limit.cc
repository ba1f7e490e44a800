#include "fix/workload/limits.h"

namespace oakum::fix::workload {

namespace {

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  constexpr double kOneCore = 1.0;
  return answer({limit(Key::cpus, kOneCore, (*workload)->cpus)},
                "one core: set what it was seen to use, with some room");
}

}  // namespace

extern constinit const Remedy cpu_limit{"cpu-limit", plan};

}  // namespace oakum::fix::workload
