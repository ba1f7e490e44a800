#include "fix/workload/limits.h"

namespace oakum::fix::workload {

namespace {

constexpr std::int64_t kMebibyte = 1024 * 1024;
constexpr std::int64_t kUsualMemory = 512 * kMebibyte;
constexpr std::int64_t kFewProcesses = 200, kManyProcesses = 500;

}  // namespace

std::int64_t usual_memory(const Workload& workload, const Subjects& subjects) {
  const ImageNeeds* needs = known_needs(workload, subjects);
  return needs == nullptr || needs->memory == 0 ? kUsualMemory : needs->memory * kMebibyte;
}

std::int64_t usual_processes(const Workload& workload, const Subjects& subjects) {
  const ImageNeeds* needs = known_needs(workload, subjects);
  return needs != nullptr && needs->many_processes ? kManyProcesses : kFewProcesses;
}

}  // namespace oakum::fix::workload
