#include <algorithm>
#include <cstdint>

#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

constexpr std::int64_t kOneGibibyte = std::int64_t{1} << 30U;

// What is requested, and what its emptyDirs may hold, has to fit.
Planned plan(const Finding& finding, const Context& context) {
  const Workload* workload = workload_of(finding, context.subjects);
  if (workload == nullptr) return refuse("what it is about is not among what was read");
  const Field<std::int64_t>& requested = workload->ephemeral_storage_request;
  const std::int64_t bytes = requested.known() ? std::max(kOneGibibyte, *requested) : kOneGibibyte;
  for (const Stated<Mount>& mount : workload->mounts) {
    if (mount.value.kind == MountKind::empty_dir && mount.value.option("size") != nullptr)
      return refuse("its emptyDir may grow to " + *mount.value.option("size") +
                    ", and the limit has to be above that: set it by hand");
  }
  return answer({set(Key::ephemeral_storage, bytes)},
                "one gibibyte for its layer, logs and emptyDirs: set what it was seen to use, with some room");
}

}  // namespace

extern constinit const Remedy ephemeral_storage{"ephemeral-storage", plan};

}  // namespace oakum::fix::kubernetes
