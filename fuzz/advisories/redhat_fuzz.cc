#include "advisories/feeds/table.h"
#include "feed_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return oakum::advisories::fuzz_feed(oakum::advisories::kRedHatFeed, "redhat/csaf/v2/vex/2024/cve-2024-0001.json",
                                      data, size);
}
