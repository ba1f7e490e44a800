// debian-archive/SUITE/index.json: what is read is written and read back the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "advisories/archive_index.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum::advisories;
  const auto index = parse_archive_index({reinterpret_cast<const char*>(data), size}, "index.json");
  if (!index) return 0;
  for (const IndexedChangelog& package : index->packages) {
    if (package.file.find('/') != std::string::npos) std::abort();
  }
  const std::string written = to_json(*index);
  const auto again = parse_archive_index(written, "index.json");
  if (!again || to_json(*again) != written) std::abort();
  return 0;
}
