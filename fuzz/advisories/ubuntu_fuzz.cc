#include "advisories/feeds/ubuntu_tracker.h"
#include "feed_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  oakum::advisories::CheckingSink sink;
  static_cast<void>(
      oakum::advisories::read_ubuntu_cve({reinterpret_cast<const char*>(data), size}, "active/CVE-2024-0001", sink));
  return 0;
}
