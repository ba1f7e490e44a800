// Limits that suit a program of its kind under light load: for want of measurements.
#pragma once

#include <cstdint>
#include <optional>

#include "fix/workload/family.h"

namespace oakum::fix::workload {

// Bytes: what the image's kind takes (databases 1 GiB), 512 MiB for all others; more where the workload states a heap
// (-Xmx, --max-old-space-size) or shared memory that would not fit.
std::int64_t usual_memory(const Workload& workload, const Subjects& subjects);
// Processes and threads: 500 for databases and what has many threads, 200 for all others.
std::int64_t usual_processes(const Workload& workload, const Subjects& subjects);

// Why no value is usual for it; nullopt: one is.
std::optional<Refusal> has_no_usual(const Workload& workload);

// The changed field at the statement that says "unlimited", where there is one.
template <class T>
Change limit(Key key, Value value, const Field<T>& field) {
  return set(key, std::move(value), field ? std::optional(field.origin()) : std::nullopt);
}

}  // namespace oakum::fix::workload
