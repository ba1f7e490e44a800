// A Release file: as clear-signed text, and as the text itself.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "advisories/archive_release.h"
#include "advisories/package_mirror.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum::advisories;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto text = clear_signed_text(bytes, "InRelease");
  const auto release = parse_release(text ? std::string_view(*text) : bytes, "Release");
  if (!release) return 0;
  for (const IndexFile& file : release->files) {
    if (!is_safe_path(file.path)) std::abort();
  }
  static_cast<void>(ecosystem_of(*release));
  return 0;
}
