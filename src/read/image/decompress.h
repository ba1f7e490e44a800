// Layers as they are stored: plain, gzip (RFC 1952, any number of members) or zstd (RFC 8878, any number of frames,
// skippable ones included). Bytes in, bytes out; whose thread does it is layer_reader's concern.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "base/error.h"
#include "model/image.h"

namespace oakum::image {

// Told by the magic number; `none` when it is neither gzip nor zstd. Six bytes are enough.
Compression detect_compression(std::string_view first_bytes);

class Decompressor {
 public:
  virtual ~Decompressor() = default;

  struct Step {
    std::size_t consumed = 0;
    std::size_t produced = 0;
  };
  // Reads a prefix of `in`, writes a prefix of `out`. Produces nothing only when it needs more input: call again with
  // more until it has consumed all of `in` and left `out` unfilled. Checksums of the format are verified.
  virtual Result<Step> step(std::string_view in, std::span<char> out) = 0;
  // Whether the bytes may end here.
  virtual bool complete() const = 0;
};

// For gzip and zstd.
std::unique_ptr<Decompressor> make_decompressor(Compression compression);

}  // namespace oakum::image
