// A sequence of bytes read once, from front to back.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"

namespace oakum {

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // Fills a prefix of `out` and returns its length; 0 means the end, and stays so. Not for several threads at once.
  virtual Result<std::size_t> read(std::span<char> out) = 0;
};

// Reads to the end; an error of code `limit` beyond `limit` bytes. `name` names the thing in that error.
Result<std::string> read_all(ByteStream& stream, std::size_t limit, std::string_view name);

// Over bytes that outlive the stream.
class MemoryStream final : public ByteStream {
 public:
  explicit MemoryStream(std::string_view bytes) : rest_(bytes) {}
  Result<std::size_t> read(std::span<char> out) override;

 private:
  std::string_view rest_;
};

}  // namespace oakum
