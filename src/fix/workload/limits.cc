#include "fix/workload/limits.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/text.h"

namespace oakum::fix::workload {

namespace {

constexpr std::int64_t kMebibyte = 1024 * 1024;
constexpr std::int64_t kUsualMemory = 512 * kMebibyte;
constexpr std::int64_t kFewProcesses = 200, kManyProcesses = 500;

// The number behind `option`, as bytes: 512m, 2G, or plain in units of `unit`; 0 none.
std::int64_t size_behind(std::string_view text, std::string_view option, std::int64_t unit) {
  const std::size_t at = text.find(option);
  if (at == std::string_view::npos) return 0;
  std::string_view rest = text.substr(at + option.size());
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  constexpr std::int64_t kMost = 1 << 30;  // no overflow below
  const auto number = parse_number<std::int64_t>(rest.substr(0, digits));
  if (!number || *number > kMost) return 0;
  rest.remove_prefix(digits);
  const char letter = rest.empty() ? ' ' : rest.front();
  if (letter == 'k' || letter == 'K') unit = 1024;
  if (letter == 'm' || letter == 'M') unit = kMebibyte;
  if (letter == 'g' || letter == 'G') unit = 1024 * kMebibyte;
  return *number * unit;
}

std::int64_t heap_in(std::string_view text) {
  return std::max(size_behind(text, "-Xmx", 1), size_behind(text, "--max-old-space-size=", kMebibyte));
}

std::int64_t stated_heap(const Workload& workload) {
  std::int64_t most = 0;
  for (const Stated<EnvironmentVariable>& variable : workload.environment)
    most = std::max(most, heap_in(variable.value.value.value_or("")));
  for (const auto* command : {&workload.entrypoint, &workload.command}) {
    if (!command->known()) continue;
    for (const std::string& word : (*command)->arguments) most = std::max(most, heap_in(word));
  }
  return most;
}

std::int64_t rounded_up(std::int64_t bytes) {
  constexpr std::int64_t kStep = 256 * kMebibyte;
  return (bytes + kStep - 1) / kStep * kStep;
}

}  // namespace

std::optional<Refusal> has_no_usual(const Workload& workload) {
  if (workload.device_requests.empty()) return std::nullopt;
  return Refusal{"it computes on a GPU, and takes what its data needs: set what it was seen to use, with some room"};
}

std::int64_t usual_memory(const Workload& workload, const Subjects& subjects) {
  const ImageNeeds* needs = known_needs(workload, subjects);
  std::int64_t bytes = needs == nullptr || needs->memory == 0 ? kUsualMemory : needs->memory * kMebibyte;
  // A heap is not all that a virtual machine takes.
  if (const std::int64_t heap = stated_heap(workload); heap > 0) bytes = std::max(bytes, rounded_up(heap + heap / 2));
  if (workload.shm_size.known() && *workload.shm_size > 0)
    bytes = std::max(bytes, rounded_up(*workload.shm_size + bytes));
  return bytes;
}

std::int64_t usual_processes(const Workload& workload, const Subjects& subjects) {
  const ImageNeeds* needs = known_needs(workload, subjects);
  return needs != nullptr && needs->many_processes ? kManyProcesses : kFewProcesses;
}

}  // namespace oakum::fix::workload
