// The base protocol: messages cut out of a stream of bytes. LSP 3.17, "Base Protocol".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace oakum::lsp {

inline constexpr std::size_t kMaxHeaderBytes = 8192;
inline constexpr std::size_t kMaxBodyBytes = 128U << 20;

class Framer {
 public:
  void push(std::string_view bytes);

  // The next whole body; nullopt: more bytes are needed. An error of code `limit` is a body that was too large and is
  // passed over; after one of code `invalid` nothing can be read any more, as no one knows where a message begins.
  Result<std::optional<std::string>> next();

  // Is there nothing of a message yet that has not come to its end?
  bool at_rest() const { return buffer_.size() == at_ && !length_ && skip_ == 0; }

 private:
  Status read_header();

  std::string buffer_;
  std::size_t at_ = 0;                 // first byte that was not taken yet
  std::size_t searched_ = 0;           // no end of a header begins before
  std::optional<std::size_t> length_;  // of the body whose header was read
  std::size_t skip_ = 0;               // bytes of a body that is passed over
  bool broken_ = false;
};

std::string framed(std::string_view body);

}  // namespace oakum::lsp
