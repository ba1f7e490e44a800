// From an image source to its packages: layers in parallel, each read once, what was learned of it cached.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "packages/analyser.h"
#include "read/image/source.h"

namespace oakum::image {

// Limits on one image; reaching one is an error of code `limit` for that layer, and the other layers go on.
struct Limits {
  std::uint64_t layer_bytes = 256ULL << 30;  // uncompressed
  std::uint64_t compression_ratio = 1100;    // gzip cannot exceed 1032; zstd beyond this is a bomb (after 64 MiB)
  std::uint64_t entries = 50'000'000;        // per layer
  std::uint32_t path_bytes = 4096;
  std::uint32_t path_depth = 256;
  std::uint64_t captured_bytes = 512ULL << 20;  // of wanted files, per layer
};

struct ScanProgress {
  std::size_t layers = 0;
  std::size_t layers_done = 0;
  std::uint64_t bytes = 0;        // read so far, as stored
  std::uint64_t bytes_total = 0;  // 0 when not known
};

struct ScanOptions {
  std::size_t threads = 0;      // 0: what the machine has
  std::string cache_directory;  // empty: no cache
  Limits limits;
  std::function<void(const ScanProgress&)> progress;  // called from any thread, one at a time; may be empty
};

struct ImageContents {
  packages::Assembled assembled;
  std::vector<Error> errors;  // layers that could not be read to the end, digest mismatches, …
  bool complete = true;       // false when any layer could not be read
  std::size_t layers_cached = 0;
};

// Never fails as a whole: what could not be read is in `errors`.
ImageContents scan_image(ImageSource& source, const ScanOptions& options);

}  // namespace oakum::image
