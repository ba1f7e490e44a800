// A Packages index, compared with an image that has a few of its sources.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "advisories/archive_packages.h"
#include "advisories/package_mirror.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum::advisories;
  const SourcePackage installed[] = {{"nginx", "1.22.1-9"}, {"a", "0"}, {"b1", "1:0~"}, {"bad version", "_"}};
  const std::array texts = {std::string_view(reinterpret_cast<const char*>(data), size)};
  for (const NewerSource& newer : newer_sources(texts, installed).newer) {
    if (!is_source_name(newer.source) || !is_debian_version(newer.newest)) std::abort();
    for (const BinaryPackage& binary : newer.binaries) {
      if (!is_safe_path(binary.filename)) std::abort();
    }
  }
  return 0;
}
