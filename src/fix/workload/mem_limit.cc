#include <algorithm>
#include <cstdint>
#include <utility>

#include "fix/workload/limits.h"

namespace oakum::fix::workload {

namespace {

Planned plan(const Finding& finding, const Context& context) {
  const auto workload = subject_of(finding, context);
  if (!workload) return std::unexpected(workload.error());
  if (auto reason = has_no_usual(**workload)) return std::unexpected(std::move(*reason));
  std::int64_t bytes = usual_memory(**workload, context.subjects);
  // A limit below what is reserved is refused by every engine.
  if ((*workload)->memory_reservation.known()) bytes = std::max(bytes, *(*workload)->memory_reservation);
  // Together with swap less than without it is refused, too.
  const Field<std::int64_t>& swap = (*workload)->memory_swap;
  if (swap.known() && *swap > 0) bytes = std::min(bytes, *swap);
  return answer({limit(Key::memory, bytes, (*workload)->memory)},
                "a usual value for such a program: set what it was seen to use, with some room");
}

}  // namespace

extern constinit const Remedy mem_limit{"mem-limit", plan};

}  // namespace oakum::fix::workload
