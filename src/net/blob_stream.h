// A body fetched over HTTP that goes on where it broke off (RFC 9110 section 14, Range).
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "net/http.h"
#include "net/retry.h"

namespace oakum::net {

class ResumingStream final : public ByteStream {
 public:
  // Asks for the body from `offset`; an answer of 200 there gives all of it, and the front is skipped.
  using Open = std::function<Result<StreamedResponse>(std::uint64_t offset)>;

  // `first` is the body from the front. `size` 0: not known, then the body ends where the server ends it.
  ResumingStream(std::string name, std::uint64_t size, StreamedResponse first, Open open, RetryPolicy retry);

  Result<std::size_t> read(std::span<char> out) override;

 private:
  Result<std::size_t> take(std::span<char> out);
  Status resume(Error broken);
  Status reopen();

  std::string name_;
  std::uint64_t size_;
  std::unique_ptr<ByteStream> body_;
  Open open_;
  RetryPolicy retry_;
  std::uint64_t offset_ = 0;
  int failures_ = 0;  // since the last byte
};

}  // namespace oakum::net
