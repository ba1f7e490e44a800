// Any bytes as what a cache file holds, past its checksum: read without harm, and written back as they were.
#include "read/image/cache.h"
#include "read/image/overlay.h"

namespace {

constexpr oakum::image::Analysers kAnalysers{.wants = oakum::packages::wants,
                                             .size_limit = oakum::packages::size_limit,
                                             .analyse = oakum::packages::analyse,
                                             .assemble = oakum::packages::assemble};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum::image;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(read_cached(bytes, "key", nullptr));
  const auto findings = LayerFindings::parse(bytes, nullptr);
  if (!findings) return 0;
  if (!read_cached(cache_file(*findings, "key"), "key", nullptr)) __builtin_trap();
  const WantedPaths wanted(kAnalysers, {});
  Overlay overlay(wanted);
  overlay.add(*findings, {});
  overlay.add(*findings, {});
  static_cast<void>(overlay.missing_aliases());
  static_cast<void>(overlay.findings());
  return 0;
}
