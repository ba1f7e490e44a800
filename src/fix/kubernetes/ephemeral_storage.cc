#include <cstdint>

#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

constexpr std::int64_t kOneGibibyte = std::int64_t{1} << 30U;

Planned plan(const Finding&, const Context&) {
  return answer({set(Key::ephemeral_storage, kOneGibibyte)},
                "one gibibyte for its layer, logs and emptyDirs: set what it was seen to use, with some room");
}

}  // namespace

extern constinit const Remedy ephemeral_storage{"ephemeral-storage", plan};

}  // namespace oakum::fix::kubernetes
