// A .deb: the bytes as they are, and as the tar inside a well-formed ar archive.
#include <cstdint>
#include <string>
#include <string_view>

#include "advisories/deb_package.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum::advisories;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(packaged_changelog(bytes, "web", "web.deb"));
  std::string count = std::to_string(size);
  count.resize(10, ' ');
  const std::string heading = "!<arch>\ndata.tar        0           0     0     100644  " + count + "`\n";
  static_cast<void>(packaged_changelog(heading + std::string(bytes), "web", "web.deb"));
  return 0;
}
