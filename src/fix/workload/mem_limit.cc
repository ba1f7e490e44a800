#include "fix/workload/limits.h"

namespace oakum::fix::workload {

namespace {

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  const std::int64_t bytes = usual_memory(**workload, context.subjects);
  return answer({limit(Key::memory, bytes, (*workload)->memory)},
                "a usual value for such a program: set what it was seen to use, with some room");
}

}  // namespace

extern constinit const Remedy mem_limit{"mem-limit", plan};

}  // namespace oakum::fix::workload
