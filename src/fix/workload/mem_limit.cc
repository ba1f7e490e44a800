#include <algorithm>
#include <cstdint>

#include "fix/workload/limits.h"

namespace oakum::fix::workload {

namespace {

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  std::int64_t bytes = usual_memory(**workload, context.subjects);
  // A limit below what is reserved is refused by every engine.
  if ((*workload)->memory_reservation.known()) bytes = std::max(bytes, *(*workload)->memory_reservation);
  return answer({limit(Key::memory, bytes, (*workload)->memory)},
                "a usual value for such a program: set what it was seen to use, with some room");
}

}  // namespace

extern constinit const Remedy mem_limit{"mem-limit", plan};

}  // namespace oakum::fix::workload
