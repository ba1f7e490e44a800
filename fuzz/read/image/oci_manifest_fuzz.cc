// Manifests, indexes, configs and manifest.json, each from the same bytes.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "read/image/engine.h"
#include "read/image/oci_manifest.h"
#include "read/image/platform.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum::image;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const PlatformChoice choice{machine_platform(), size % 2 == 0};
  const FetchManifest fetch = [&](const Descriptor&) -> oakum::Result<std::string> { return std::string(bytes); };
  (void)resolve_manifest({}, bytes, choice, fetch, "fuzz").has_value();
  if (const auto config = parse_config(bytes, "fuzz")) {
    (void)make_image(*config, bytes, std::vector<oakum::Layer>(config->diff_ids.size()), "fuzz").has_value();
  }
  (void)parse_saved_images(bytes, "fuzz").has_value();
  (void)parse_inspect(bytes, bytes, "fuzz").has_value();
  return 0;
}
