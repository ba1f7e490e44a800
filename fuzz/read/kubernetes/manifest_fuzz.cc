// Any bytes as a manifest: no crash, no place outside the text, no index of a workload that is not there.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "read/kubernetes/kubernetes.h"

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

void check_origin(const oakum::Origin& origin, std::size_t size) {
  check(origin.span.begin <= origin.span.end && origin.span.end <= size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)oakum::kubernetes::looks_like_manifest(text);
  oakum::Subjects subjects;
  oakum::kubernetes::read("x.yaml", text, subjects);
  for (const auto& object : subjects.objects) {
    check_origin(object.origin, size);
    check_origin(object.name_origin, size);
    for (const std::size_t index : object.workloads) check(index < subjects.workloads.size());
    for (const auto& scalar : object.scalars) check_origin(scalar.origin, size);
  }
  for (const auto& workload : subjects.workloads) {
    check_origin(workload.origin, size);
    check(workload.pod.has_value());
    for (const auto& mount : workload.mounts) check_origin(mount.origin, size);
    for (const auto& variable : workload.environment) check_origin(variable.origin, size);
  }
  return 0;
}
