// Header blobs as databases hold them.
#include <cstddef>
#include <cstdint>
#include <string>

#include "packages/rpm_header.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string blob(reinterpret_cast<const char*>(data), size);
  if (const auto parsed = oakum::packages::parse_rpm_header(blob)) {
    if (parsed->package.name.empty() || parsed->package.source.name.empty()) __builtin_trap();
  }
  return 0;
}
