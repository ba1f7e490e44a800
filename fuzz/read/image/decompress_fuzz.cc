// Any bytes as gzip or zstd, whole and in pieces: the same comes out.
#include <array>
#include <cstdlib>

#include "read/image/decompress.h"

namespace {

constexpr std::size_t kLimit = 1 << 20;

// What comes out before the end, an error or the limit; and which of them it was.
std::pair<std::string, int> inflate(oakum::Compression compression, std::string_view bytes, std::size_t piece) {
  const auto decompressor = oakum::image::make_decompressor(compression);
  std::string out;
  std::array<char, 4096> buffer{};
  while (!bytes.empty()) {
    std::string_view in = bytes.substr(0, piece);
    bytes.remove_prefix(in.size());
    for (;;) {
      const auto step = decompressor->step(in, buffer);
      if (!step) return {out, 2};
      if (step->consumed > in.size() || step->produced > buffer.size()) std::abort();
      in.remove_prefix(step->consumed);
      out.append(buffer.data(), step->produced);
      if (out.size() > kLimit) return {"", 3};
      if (step->produced < buffer.size() && (in.empty() || (step->consumed == 0 && step->produced == 0))) break;
    }
  }
  return {out, decompressor->complete() ? 0 : 1};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const auto compression : {oakum::Compression::gzip, oakum::Compression::zstd}) {
    const auto whole = inflate(compression, bytes, bytes.size() + 1);
    const auto pieces = inflate(compression, bytes, 13);
    // Where damage is noticed depends on how much is looked at once; what is accepted does not.
    if ((whole.second == 0) != (pieces.second == 0)) std::abort();
    if (whole.second == 0 && whole.first != pieces.first) std::abort();
  }
  return 0;
}
