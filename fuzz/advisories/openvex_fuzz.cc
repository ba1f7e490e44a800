#include "advisories/feeds/archive.h"
#include "advisories/feeds/openvex.h"
#include "feed_fuzz.h"

// One document, as it comes out of its archive.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum::advisories;
  const auto document = Document::from_bytes({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!document) return 0;
  JsonReader reader;
  const auto value = reader.parse(document->bytes(), "fuzz");
  if (!value) return 0;
  CheckingSink sink;
  OsvTally tally;
  static_cast<void>(read_ubuntu_vex(*value, sink, tally));
  return 0;
}
