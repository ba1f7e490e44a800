// Berkeley DB databases. The magic is put in place, so that no input is wasted on the lack of it.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "packages/rpm.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace std::string_view_literals;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  // Byte 24 of the metadata is the encryption algorithm, which fuzzing may set; bit 0 of the last byte chooses the
  // order.
  const std::string_view magic = size > 0 && (data[size - 1] & 1) != 0 ? "\x00\x06\x15\x61"sv : "\x61\x15\x06\x00"sv;
  if (bytes.size() >= 16) std::copy(magic.begin(), magic.end(), bytes.begin() + 12);
  oakum::packages::analyse_rpm(oakum::packages::Format::rpm_bdb, {"db", bytes.size()}, bytes);
  return 0;
}
