// fedora.cc and rocky.cc read by the same functions, with another name for the ecosystem.
#include "advisories/feeds/table.h"
#include "feed_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return oakum::advisories::fuzz_feed(oakum::advisories::kUpdateinfoFeed, "updateinfo/alma/9/baseos/updateinfo.xml",
                                      data, size);
}
