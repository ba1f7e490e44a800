#include "advisories/feeds/table.h"
#include "feed_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return oakum::advisories::fuzz_feed(oakum::advisories::kAmazonFeed, "amazon/2/extras/php8.1/x86_64/updateinfo.xml.gz",
                                      data, size);
}
