#include "net/blob_stream.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace oakum::net {

namespace {

Status skip(ByteStream& body, std::uint64_t count, const std::string& name) {
  std::array<char, 64 * 1024> scrap;
  while (count != 0) {
    OAKUM_TRY(const std::size_t n, body.read(std::span(scrap).first(std::min<std::uint64_t>(count, scrap.size()))));
    if (n == 0) return fail(ErrorCode::network, name, "shorter on the second try than on the first");
    count -= n;
  }
  return {};
}

// "bytes 100-199/200": the first number.
std::optional<std::uint64_t> range_start(const Response& response) {
  const auto header = response.headers.find("content-range");
  if (header == response.headers.end()) return std::nullopt;
  std::string_view text = header->second;
  if (!text.starts_with("bytes ")) return std::nullopt;
  text.remove_prefix(6);
  return parse_number<std::uint64_t>(text.substr(0, text.find('-')));
}

}  // namespace

ResumingStream::ResumingStream(std::string name, std::uint64_t size, StreamedResponse first, Open open,
                               RetryPolicy retry)
    : name_(std::move(name)),
      size_(size),
      body_(std::move(first.body)),
      open_(std::move(open)),
      retry_(std::move(retry)) {}

// One read of the body there is; too few bytes are an error like a broken connection, too many are not.
Result<std::size_t> ResumingStream::take(std::span<char> out) {
  OAKUM_TRY(const std::size_t n, body_->read(out));
  if (n == 0 && size_ != 0 && offset_ < size_) {
    return fail(ErrorCode::network, name_,
                "ends after " + with_thousands(offset_) + " of " + with_thousands(size_) + " bytes");
  }
  return n;
}

Result<std::size_t> ResumingStream::read(std::span<char> out) {
  if (out.empty()) return 0;
  for (;;) {
    auto n = take(out);
    if (n) {
      if (*n != 0) failures_ = 0;
      offset_ += *n;
      if (size_ != 0 && offset_ > size_) {
        return fail(ErrorCode::integrity, name_,
                    "larger than the " + with_thousands(size_) + " bytes that its manifest states");
      }
      return n;
    }
    if (!is_transient(n.error())) return n;
    OAKUM_CHECK(resume(std::move(n.error())));
  }
}

Status ResumingStream::resume(Error broken) {
  for (;;) {
    if (++failures_ >= retry_.attempts) return std::unexpected(std::move(broken));
    wait_for_retry(retry_, retry_delay(retry_, failures_, nullptr).value_or(retry_.first_delay));
    auto again = reopen();
    if (again || !is_transient(again.error())) return again;
    broken = std::move(again.error());
  }
}

Status ResumingStream::reopen() {
  OAKUM_TRY(StreamedResponse answer, open_(offset_));
  const int status = answer.response.status;
  if (status == 416) {  // RFC 9110, 15.5.17: nothing lies behind what was read
    return fail(ErrorCode::integrity, name_,
                "ends after " + with_thousands(offset_) + " of the " + with_thousands(size_) +
                    " bytes that its manifest states");
  }
  if (answer.body == nullptr) {
    return fail(is_transient(status) ? ErrorCode::network : ErrorCode::io, name_,
                "broke off after " + with_thousands(offset_) + " bytes, and asking for the rest gave status " +
                    std::to_string(status));
  }
  if (status != 206) {
    OAKUM_CHECK(skip(*answer.body, offset_, name_));
  } else if (range_start(answer.response) != offset_) {
    return fail(ErrorCode::io, name_, "the server answered with another range than was asked for");
  }
  body_ = std::move(answer.body);
  return {};
}

}  // namespace oakum::net
