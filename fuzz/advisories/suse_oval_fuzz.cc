#include "advisories/feeds/table.h"
#include "feed_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return oakum::advisories::fuzz_feed(oakum::advisories::kSuseFeed, "suse/oval/opensuse.leap.15.3.xml", data, size);
}
