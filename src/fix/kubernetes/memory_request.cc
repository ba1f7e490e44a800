#include <cstdint>

#include "fix/kit/image_needs.h"
#include "fix/kubernetes/family.h"

namespace oakum::fix::kubernetes {

namespace {

constexpr std::int64_t kMebibyte = 1024 * 1024;
constexpr std::int64_t kUsual = 512;

// Half of the limit that mem-limit sets.
Planned plan(const Finding& finding, const Context& context) {
  const Workload* workload = workload_of(finding, context.subjects);
  if (workload == nullptr) return refuse("what it is about is not among what was read");
  const ImageNeeds* needs = workload->image.known() ? needs_of_image(*workload->image) : nullptr;
  const std::int64_t limit = needs == nullptr || needs->memory == 0 ? kUsual : needs->memory;
  return answer({set(Key::memory_request, limit * kMebibyte / 2)},
                "a usual value for such a program: set what it was seen to use");
}

}  // namespace

extern constinit const Remedy memory_request{"memory-request", plan};

}  // namespace oakum::fix::kubernetes
