// The first byte chooses the carrier, the rest is the file: ends, and every place lies inside the text.
#include <cstdlib>
#include <string_view>

#include "read/runcmd/runcmd.h"

namespace {

void require(bool held) {
  if (!held) std::abort();
}

void inside(const oakum::Origin& origin, std::size_t size) {
  require(origin.span.begin <= origin.span.end && origin.span.end <= size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  oakum::Subjects subjects;
  oakum::runcmd::read("f", text, static_cast<oakum::runcmd::Carrier>(data[0] % 6), subjects);
  (void)oakum::runcmd::mentions_run(text);
  (void)oakum::runcmd::lists_run(text);
  (void)oakum::runcmd::carrier_of("f", text);
  require(subjects.errors.size() <= size + 1);
  for (const oakum::Workload& workload : subjects.workloads) {
    inside(workload.origin, text.size());
    require(static_cast<bool>(workload.image) && !workload.subject.empty());
    for (const auto& mount : workload.mounts) inside(mount.origin, text.size());
    for (const auto& port : workload.ports) inside(port.origin, text.size());
    for (const auto& item : workload.unmodelled) inside(item.origin, text.size());
  }
  return 0;
}
