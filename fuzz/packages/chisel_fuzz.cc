// A chisel manifest: the bytes as they are, and as the text inside a well-formed zstd frame.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <zstd.h>

#include "packages/analyser.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oakum::packages;
  const FileInfo file{"var/lib/chisel/manifest.wall", size};
  analyse(Format::chisel_manifest, file, std::string_view(reinterpret_cast<const char*>(data), size));
  std::string frame(ZSTD_compressBound(size), '\0');
  frame.resize(ZSTD_compress(frame.data(), frame.size(), data, size, 1));
  analyse(Format::chisel_manifest, file, frame);
  return 0;
}
