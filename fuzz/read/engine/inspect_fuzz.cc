// The engine's answer, and the texts of /proc and cgroup files, each from the same bytes.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "read/engine/engine.h"
#include "read/engine/proc.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Subjects subjects;
  (void)engine::looks_like_inspect(bytes);
  engine::read_inspect("fuzz", bytes, subjects);
  KernelFacts facts;
  (void)engine::read_status(bytes, facts);
  (void)engine::process_name(bytes);
  engine::read_root(bytes, facts);
  (void)engine::cgroup_path(bytes, "memory");
  (void)engine::uid_inside(bytes, 1000);
  return 0;
}
