#include "fix/workload/limits.h"

namespace oakum::fix::workload {

namespace {

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  const std::int64_t processes = usual_processes(**workload, context.subjects);
  return answer({limit(Key::pids_limit, processes, (*workload)->pids_limit)},
                "a usual value for such a program: threads count too");
}

}  // namespace

extern constinit const Remedy pids_limit{"pids-limit", plan};

}  // namespace oakum::fix::workload
