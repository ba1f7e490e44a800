// NDB databases. The magic is put in place, so that no input is wasted on the lack of it.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "packages/rpm.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace std::string_view_literals;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  constexpr std::string_view kMagic = "RpmP"sv;
  std::copy_n(kMagic.begin(), std::min(bytes.size(), kMagic.size()), bytes.begin());
  oakum::packages::analyse_rpm(oakum::packages::Format::rpm_ndb, {"db", bytes.size()}, bytes);
  return 0;
}
