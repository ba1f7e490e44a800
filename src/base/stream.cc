#include "base/stream.h"

#include <algorithm>
#include <cstring>

namespace oakum {

Result<std::string> read_all(ByteStream& stream, std::size_t limit, std::string_view name) {
  std::string bytes;
  for (;;) {
    const std::size_t old = bytes.size();
    bytes.resize(old + 64 * 1024);
    auto n = stream.read(std::span(bytes).subspan(old));
    if (!n) return std::unexpected(std::move(n.error()));
    bytes.resize(old + *n);
    if (*n == 0) return bytes;
    if (bytes.size() > limit) {
      return fail(ErrorCode::limit, std::string(name), "larger than the limit of " + std::to_string(limit) + " bytes");
    }
  }
}

Result<std::size_t> MemoryStream::read(std::span<char> out) {
  const std::size_t n = std::min(out.size(), rest_.size());
  if (n != 0) std::memcpy(out.data(), rest_.data(), n);
  rest_.remove_prefix(n);
  return n;
}

}  // namespace oakum
