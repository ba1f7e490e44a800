#include <cstdint>
#include <cstdlib>

#include "advisories/feeds/cvss.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto score = oakum::advisories::cvss_score({reinterpret_cast<const char*>(data), size});
  if (score && !(*score >= 0 && *score <= 10)) std::abort();
  return 0;
}
