#include "advisories/feeds/table.h"
#include "feed_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return oakum::advisories::fuzz_feed(oakum::advisories::kAlmaFeed, "alma/9/errata.json", data, size);
}
